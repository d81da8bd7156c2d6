/**
 * Remedies for an existing run that cannot be written: unlike for a new file, no other folder can be chosen.
 */
import { StudioError, systemCode } from '../contract/index.ts';
import { diskCause } from './files.ts';

const FREE_SPACE = 'Free some space on this disk';
const PERMIT = 'Allow this program to write to the run’s folder again';
const CONNECT = 'Connect its disk again';
const CLOSE_OTHERS = 'Close other programs';

/** Remedies by the system's error code, each the beginning of a sentence. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EFBIG: FREE_SPACE,
  EROFS: 'Make the disk writable again',
  EACCES: PERMIT,
  EPERM: PERMIT,
  ENOENT: 'Bring the run’s folder back',
  ENOTDIR: 'Bring the run’s folder back',
  EBUSY: 'Close the other program',
  ETXTBSY: 'Close the other program',
  EMFILE: CLOSE_OTHERS,
  ENFILE: CLOSE_OTHERS,
  ENOMEM: CLOSE_OTHERS,
  ENODEV: CONNECT,
  ENXIO: CONNECT,
  EHOSTDOWN: CONNECT,
  ESTALE: CONNECT,
  ETIMEDOUT: CONNECT,
};

/**
 * Why a run could not write, as the end of a sentence, and what helps, as the beginning of one: "the disk is
 * full", "Free some space on this disk". `error` is a StudioError `not-written`.
 */
export function refusalInRun(error: StudioError): { cause: string; remedy: string } {
  return {
    cause: diskCause(error.cause ?? error),
    remedy: REMEDIES[systemCode(error.cause) ?? ''] ?? 'Check the disk',
  };
}

/**
 * Runs `work`, which changes an existing run. Throws StudioError `not-written` with a remedy for its folder.
 */
export function changingRun<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'not-written') throw error;
    const { code, message } = error;
    throw new StudioError({ code, message, remedy: `${refusalInRun(error).remedy}, then try again.` });
  }
}
