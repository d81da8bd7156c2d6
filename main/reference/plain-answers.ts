/** Runs the graph models of exported folders in another runtime: TensorFlow.js without tfjs-node. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PLAIN_TFJS = fileURLToPath(new URL('plain-tfjs.cjs', import.meta.url));
const answersSchema = z.array(
  z.array(z.object({ difference: z.number(), shape: z.array(z.number()), range: z.number() })),
);

/** The comparison for one output of one network. */
export type PlainAnswer = z.infer<typeof answersSchema>[number][number];

/**
 * For each folder, for every output of every network: the largest difference from check.json, the shape, and
 * the range of the numbers. Runs in a process of its own, because tfjs-node would give plain tfjs its
 * kernels.
 */
export function plainAnswers(folders: readonly string[]): PlainAnswer[][] {
  const printed = execFileSync('node', [PLAIN_TFJS, ...folders], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answersSchema.parse(JSON.parse(printed));
}
