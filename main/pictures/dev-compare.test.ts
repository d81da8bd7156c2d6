import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { identifyFormat } from './kinds.ts';
import { decodePicture } from './prepare-picture.ts';
const F = 'main/reference/pictures/';
const E = JSON.parse(readFileSync(F + 'expected.json', 'utf8'));
test('x', async () => {
  const out: string[] = [];
  for (const [name, e] of Object.entries<any>(E)) {
    const want = Buffer.from((e.same ? E[e.same] : e).pixels, 'base64');
    const bytes = readFileSync(F + name);
    try {
      const p = await decodePicture({ format: identifyFormat(bytes)!, bytes, options: { size: 28, colour: 'rgb', framing: 'fit', background: '#304050', mirror: false } as any, ask: async () => undefined });
      let s = 0, m = 0; p.pixels.forEach((v, i) => { const d = Math.abs(v - want[i]!); s += d; m = Math.max(m, d); });
      out.push(`${(s / want.length).toFixed(3)} ${m} ${name} ${p.notes.map(n => n.kind + ':' + n.detail).join(' | ')}`);
    } catch (x: any) { out.push(`99 ${name} ${x.reason} ${x.message}`); }
  }
  console.log(out.sort((a, b) => parseFloat(b) - parseFloat(a)).join('\n'));
}, 100000);
