/** The words for a host that is silent, hangs or has ended. */
import type { Failure } from '#main/contract/index.ts';
import type { Patience } from './heartbeat.ts';
import { whyEnded, type LastWords } from './last-words.ts';
import type { HostName } from './host-process.ts';

/** `lessMemory`: advice if memory ran out, unless there is a run whose settings suggest better. */
const HOSTS: Record<HostName, { label: string; remedy: string; lessMemory: string }> = {
  trainer: {
    label: 'The process that trains',
    remedy: 'The run is saved up to its last checkpoint and can be resumed.',
    lessMemory:
      'With less memory, start a new run of a smaller size, batch or width, or close other programs.',
  },
  library: {
    label: 'The process that reads pictures',
    remedy: 'Open the data set again. If it happens once more, look for a damaged picture in it.',
    lessMemory: 'If memory is short, close other programs first.',
  },
};

/** The failure of a host that has not answered for a while. */
export function silenceOf(name: HostName, { tell, end }: Patience): Failure {
  return {
    code: 'no-answer',
    message: `${HOSTS[name].label} has not answered for ${inWords(tell)}.`,
    remedy: `Wait if a step or a folder may take this long. After ${inWords(end)} GAN Studio ends it and starts it again; a run can be resumed from its last checkpoint.`,
  };
}

/** Says that it was ended because it did not answer. */
export const hangInWords = (name: HostName, { end }: Patience): string =>
  `${HOSTS[name].label} did not answer for ${inWords(end)}, and was ended.`;

/**
 * The failure of a host that ended. `hang`: the words of `hangInWords`, if that is why; `lessMemory`: how
 * its run can do with less memory.
 */
export function crashOf(
  name: HostName,
  { hang, ended, lessMemory }: { hang: string | undefined; ended: LastWords; lessMemory: string | undefined },
): Failure {
  const host = HOSTS[name];
  if (hang !== undefined) return { code: 'host-crashed', message: hang, remedy: host.remedy };
  const { words, memory } = whyEnded(ended);
  return {
    code: 'host-crashed',
    message: `${host.label} ${words}`,
    remedy: [host.remedy, ...(memory === 'no' ? [] : [lessMemory ?? host.lessMemory])].join(' '),
  };
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
