/** Starts decoders for the command line, as child processes that run the bundle beside this one. */
import path from 'node:path';
import { createDecoders, decoderChildren, type Decoders } from '../decoding/index.ts';
import { thisProgram } from './this-program.ts';

/** Calls `work` with decoders, and ends their processes afterwards. */
export async function withDecoders<Result>(work: (decoders: Decoders) => Promise<Result>): Promise<Result> {
  const decoders = createDecoders({
    start: decoderChildren(path.join(path.dirname(thisProgram()), 'decoder.cjs')),
  });
  try {
    return await work(decoders);
  } finally {
    decoders.close();
  }
}
