/** Runs what a page computes with, without the page, and compares it with the app's own numbers. */
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { parseCheckFile } from '../check-file.ts';
import type { Engine, Rows, Running } from './page/model.ts';

/** The largest difference from check.json, which lies beside the page. Throws Error for a page that does not run. */
export async function checkHtml(file: string): Promise<{ difference: number }> {
  const { networks } = parseCheckFile(fs.readFileSync(path.join(path.dirname(file), 'check.json'), 'utf8'));
  const running = await runningOf(fs.readFileSync(file, 'utf8'));
  let difference = 0;
  for (const { name, inputs, outputs } of networks) {
    const answers = await running.run(name, inputs);
    for (const [output, known] of Object.entries(outputs))
      difference = Math.max(difference, largestDifference(known, answers[output]));
  }
  return { difference };
}

/** Infinite where the other has not as many numbers, or one that is none. */
export function largestDifference({ values }: Rows, other: Rows | undefined): number {
  if (!other || other.values.length !== values.length) return Infinity;
  const differences = Array.from(values, (value, index) => Math.abs(value - (other.values[index] ?? NaN)));
  return differences.every(Number.isFinite)
    ? differences.reduce((one, next) => Math.max(one, next), 0)
    : Infinity;
}

/** The networks of a page, in a world without a page, files or network. */
export async function runningOf(page: string, backend?: Running['backend']): Promise<Running> {
  const world = vm.createContext({ atob, performance, TextEncoder, TextDecoder, console });
  vm.runInContext(elementOf(page, 'engine'), world);
  const { ganEngine } = world as { ganEngine?: Engine };
  if (!ganEngine) throw new Error('The page holds no engine.');
  return ganEngine.load({
    model: JSON.parse(elementOf(page, 'model')) as Parameters<Engine['load']>[0]['model'],
    weights: elementOf(page, 'weights'),
    wasm: elementOf(page, 'wasm'),
    ...(backend && { backend }),
  });
}

/** What stands in the script element of this id. */
export function elementOf(page: string, id: string): string {
  const opening = new RegExp(`<script id="${id}"[^>]*>`).exec(page);
  const start = opening ? opening.index + opening[0].length : -1;
  const end = page.indexOf('</script>', start);
  if (start < 0 || end < 0) throw new Error(`The page holds no "${id}".`);
  return page.slice(start, end);
}
