/**
 * Puts an exported page together: markup, style, scripts, model and engine, with a policy that lets nothing
 * else in.
 */
import { createHash } from 'node:crypto';
import * as bundled from 'virtual:exported-page';
import type { Numbers, Operation } from '../../layers/index.ts';
import type { ExportSubject } from '../exporter.ts';
import { bytesOf } from '../numbers.ts';
import { folded } from './folded.ts';
import type { PageModel, Stored, StoredNetwork, StoredNode } from './page/model.ts';

/** The HTML of the page of this model. `gan`: its label. */
export function documentOf(subject: ExportSubject, { gan }: { gan: string }): string {
  const { name, step, latent, classes, image, uses } = subject;
  const { networks, numbers } = stored(subject);
  const model: PageModel = { name, step, gan, latent, classes, image, uses, networks };
  const [engine, page] = [inScript(bundled.engine), inScript(bundled.page)];
  const style = bundled.style.trim();
  const parts: Record<string, string> = {
    policy: policyOf({ scripts: [engine, page], style }),
    title: escaped(name),
    style,
    model: JSON.stringify(model).replaceAll('<', String.raw`\u003c`),
    weights: numbers.toString('base64'),
    wasm: bundled.wasm,
    licences: bundled.licences,
    engine,
    page,
  };
  // White space around a part is removed: the hashes of the policy cover all that is between the tags.
  return bundled.markup
    .replace(/>\s+(%[a-z]+%)\s+</g, '>$1<')
    .replace(/%([a-z]+)%/g, (all, part: string) => parts[part] ?? all);
}

/** Fetches nothing, and evaluates no text as a program; `wasm-unsafe-eval` allows WebAssembly alone. */
function policyOf({ scripts, style }: { scripts: readonly string[]; style: string }): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The script, escaped so that it does not end the element around it. */
const inScript = (script: string): string =>
  script
    .trim()
    .replaceAll('</script', String.raw`<\/script`)
    .replaceAll('<!--', String.raw`<\!--`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The networks, and separately the bytes of all their weights, one after the other. */
function stored({ networks }: ExportSubject): { networks: StoredNetwork[]; numbers: Buffer } {
  const parts: Buffer[] = [];
  let at = 0;
  const store = (numbers: Numbers): Stored => {
    parts.push(bytesOf(numbers));
    at += numbers.values.length;
    return { shape: numbers.shape, at: at - numbers.values.length };
  };
  const all = networks.map(({ name, network }) => {
    const { inputs, nodes, outputs } = folded(network);
    const plain = nodes.map(
      (node) => ({ ...node, shapes: undefined, ...weightsAt(node, store) }) as unknown as StoredNode,
    );
    return { name, inputs, outputs, nodes: plain };
  });
  return { networks: all, numbers: Buffer.concat(parts) };
}

function weightsAt(node: Operation<Numbers>, store: (numbers: Numbers) => Stored) {
  if (!('weights' in node)) return {};
  const weights = Object.entries(node.weights as Record<string, Numbers | undefined>).flatMap(
    ([name, numbers]) => (numbers ? [[name, store(numbers)] as const] : []),
  );
  return { weights: Object.fromEntries(weights) };
}
