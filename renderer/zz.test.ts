import fs from 'node:fs';
import { expect, test } from 'vitest';
import * as a from '../e2e/zz-old.ts';
import * as b from '../e2e/image-folder.ts';
(globalThis as any).__dirname ??= '/tmp/wt-page/e2e';
test('same', () => {
  for (const [n, m] of [['a', a], ['b', b]] as const) { m.writeHugePng(`/tmp/zz-${n}-h.png`, 3000); m.writePlainPng(`/tmp/zz-${n}-p.png`, 20, [1, 2, 3]); }
  for (const k of ['h', 'p']) expect(fs.readFileSync(`/tmp/zz-a-${k}.png`).equals(fs.readFileSync(`/tmp/zz-b-${k}.png`))).toBe(true);
});
