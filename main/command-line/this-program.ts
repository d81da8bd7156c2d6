/** Finds the bundle of this program, to start it again and to find files beside it. */
import path from 'node:path';

export function thisProgram(): string {
  const [, script] = process.argv;
  if (script === undefined) throw new Error('This program was started without a script.');
  return path.resolve(script);
}
