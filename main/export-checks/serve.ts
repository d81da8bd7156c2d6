/** The process that checks one export: it runs what a folder holds, and answers how far its numbers lie from ours. */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, toFailure, type ExportFormat } from '../contract/index.ts';
import type { Numbers } from '../layers/index.ts';
import { parseCheckFile, type CheckFile } from './check-file.ts';
import { toCheckSchema, type FromCheck, type ToCheck } from './messages.ts';

/** A network in its own runtime: named numbers in, the outputs of these names out. */
export type Runnable = (
  inputs: Record<string, Numbers>,
  outputs: readonly string[],
) => Promise<Record<string, Numbers>>;

/** Opens a network of an exported folder. Throws StudioError `no-runtime` where this machine lacks what runs it. */
export type OpenNetwork = (file: string, network: string) => Promise<Runnable>;

/** By format, loaded when it is needed: one runtime may change what another one does. */
const RUNTIMES: Partial<Record<ExportFormat, () => Promise<OpenNetwork>>> = {
  onnx: async () => (await import('./onnx.ts')).openOnnx,
  savedmodel: async () => (await import('./saved-model.ts')).openSavedModel,
  tfjs: async () => (await import('./plain-tfjs.ts')).openGraphModel,
  html: async () => (await import('./page.ts')).openPage,
};

/** Answers the message of whoever started this process. */
export function serveCheck({
  post,
  onMessage,
}: {
  post: (message: FromCheck) => void;
  onMessage: (listener: (message: unknown) => void) => void;
}): void {
  // A terminal's Ctrl+C reaches this process too; the one that started it decides.
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

/** Between what the networks of a folder make of the known inputs, and the known outputs. */
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
