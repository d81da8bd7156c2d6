/** Runs the engine of an exported page from its file, in a context without a page, files or network. */
import fs from 'node:fs';
import vm from 'node:vm';
import type { Numbers } from '../layers/index.ts';
import type { OpenNetwork } from './serve.ts';

/** The parts of the types in main/export/html/page/model.ts that are needed here. */
type Running = {
  backend: 'wasm' | 'cpu';
  run(
    network: string,
    inputs: Record<string, { shape: readonly number[]; values: ArrayLike<number> }>,
  ): Promise<Record<string, Numbers>>;
};
type Engine = {
  load(given: {
    model: unknown;
    weights: string;
    wasm: string;
    backend?: Running['backend'];
  }): Promise<Running>;
};

export const openPage: OpenNetwork = async (file, network) => {
  const running = await runningOf(fs.readFileSync(file, 'utf8'));
  return (inputs) => running.run(network, inputs);
};

/**
 * The running networks of a page, on the faster backend by default. Throws Error if the page does not run.
 */
export async function runningOf(page: string, backend?: Running['backend']): Promise<Running> {
  const world = vm.createContext({ atob, performance, TextEncoder, TextDecoder, console });
  vm.runInContext(elementOf(page, 'engine'), world);
  const { ganEngine } = world as { ganEngine?: Engine };
  if (!ganEngine) throw new Error('The page holds no engine.');
  return ganEngine.load({
    model: JSON.parse(elementOf(page, 'model')),
    weights: elementOf(page, 'weights'),
    wasm: elementOf(page, 'wasm'),
    ...(backend && { backend }),
  });
}

/** The content of the script element with this id. Throws Error if there is none. */
export function elementOf(page: string, id: string): string {
  const opening = new RegExp(`<script id="${id}"[^>]*>`).exec(page);
  const start = opening ? opening.index + opening[0].length : -1;
  const end = page.indexOf('</script>', start);
  if (start < 0 || end < 0) throw new Error(`The page holds no "${id}".`);
  return page.slice(start, end);
}
