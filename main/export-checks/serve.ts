/**
 * Serves a check in its own process: runs the export in a folder, and reports how far its numbers are from
 * the app's.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, toFailure, type ExportFormat } from '../contract/index.ts';
import type { Numbers } from '../layers/index.ts';
import { parseCheckFile, type CheckFile } from './check-file.ts';
import { toCheckSchema, type FromCheck, type ToCheck } from './messages.ts';

/** Runs a network in its own runtime: takes inputs by name, and returns the outputs of these names. */
export type Runnable = (
  inputs: Record<string, Numbers>,
  outputs: readonly string[],
) => Promise<Record<string, Numbers>>;

/**
 * Opens a network of an exported folder. Throws StudioError `no-runtime` if this machine lacks the runtime.
 */
export type OpenNetwork = (file: string, network: string) => Promise<Runnable>;

/** Runtimes by format. Each is loaded only when it is needed, since one may change what another one does. */
const RUNTIMES: Partial<Record<ExportFormat, () => Promise<OpenNetwork>>> = {
  onnx: async () => (await import('./onnx.ts')).openOnnx,
  savedmodel: async () => (await import('./saved-model.ts')).openSavedModel,
  tfjs: async () => (await import('./plain-tfjs.ts')).openGraphModel,
  html: async () => (await import('./page.ts')).openPage,
};

/** Answers the message of the process that started this one. */
export function serveCheck({
  post,
  onMessage,
}: {
  post: (message: FromCheck) => void;
  onMessage: (listener: (message: unknown) => void) => void;
}): void {
  // Ctrl+C in a terminal reaches this process too, but ending it is up to the one that started it.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  onMessage((received) => {
    void answer(toCheckSchema.parse(received)).then(post);
  });
}

async function answer(asked: ToCheck): Promise<FromCheck> {
  try {
    const load = RUNTIMES[asked.format];
    if (!load) return { type: 'no-runtime' };
    return { type: 'checked', difference: await largestDifference(asked.folder, await load()) };
  } catch (error) {
    if (error instanceof StudioError && error.code === 'no-runtime') return { type: 'no-runtime' };
    return { type: 'failed', failure: toFailure(error) };
  }
}

/**
 * The largest absolute difference between the outputs in check.json and those that the networks of the folder
 * compute. Throws StudioError `check-failed` for another shape, and for NaN or infinite numbers.
 */
export async function largestDifference(folder: string, open: OpenNetwork): Promise<number> {
  const known = parseCheckFile(fs.readFileSync(path.join(folder, 'check.json'), 'utf8'));
  let largest = 0;
  for (const network of known.networks) {
    const run = await open(path.join(folder, network.file), network.name);
    const made = await run(asNumbers(network.inputs), Object.keys(network.outputs));
    for (const [name, expected] of Object.entries(network.outputs))
      largest = Math.max(largest, difference(made[name], expected, `${network.name} ${name}`));
  }
  return largest;
}

type CheckedInputs = CheckFile['networks'][number]['inputs'];

const asNumbers = (known: CheckedInputs): Record<string, Numbers> =>
  Object.fromEntries(
    Object.entries(known).map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  );

function difference(made: Numbers | undefined, expected: CheckedInputs[string], what: string): number {
  if (made?.shape.join() !== expected.shape.join())
    throw new StudioError({
      code: 'check-failed',
      message: `The export gives ${made ? `[${made.shape.join(', ')}]` : 'nothing'} as ${what}, in place of [${expected.shape.join(', ')}].`,
      remedy: 'Export it again. If it happens once more, choose another format.',
    });
  if (!made.values.every(Number.isFinite)) throw notFinite(what);
  return expected.values.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (made.values[index] ?? Infinity))),
    0,
  );
}

const notFinite = (what: string): StudioError =>
  new StudioError({
    code: 'check-failed',
    message: `The export gives NaN or infinite numbers as ${what}.`,
    remedy: 'Export an earlier checkpoint, or choose another format.',
  });
