/** The program that runs: its own bundle, to start it again and to find what lies beside it. */
import path from 'node:path';

export function thisProgram(): string {
  const [, script] = process.argv;
  if (script === undefined) throw new Error('This program was started without a script.');
  return path.resolve(script);
}
