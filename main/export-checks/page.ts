/** The engine of an exported page, out of its file. */
import type { OpenNetwork } from './serve.ts';

export const openPage: OpenNetwork = async () => {
  throw new Error('not made yet');
};
