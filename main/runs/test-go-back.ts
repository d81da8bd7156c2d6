/** A program that takes a run back to a step, and says when it begins, for tests that kill it in between. */
import { Run } from './run.ts';

const [folder = '', step] = process.argv.slice(2);
const run = Run.open(folder);
process.stdout.write('begins\n');
run.giveUpAfter(Number(step));
