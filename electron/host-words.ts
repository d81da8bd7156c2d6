/** What is said of a host that is silent, hangs or has ended. */
import type { Failure } from '#main/contract/index.ts';
import type { Patience } from './heartbeat.ts';
import { whyEnded, type LastWords } from './last-words.ts';
import type { HostName } from './host-process.ts';

const ROLES: Record<HostName, { label: string; remedy: string; lessMemory: string }> = {
  trainer: {
    label: 'The process that trains',
    remedy: 'The run is saved up to its last checkpoint and can be resumed.',
    lessMemory:
      'With less memory, start a new run of a smaller size, batch or width, or close other programs.',
  },
  library: {
    label: 'The process that reads pictures',
    remedy: 'Open the data set again. If it happens once more, look for a damaged picture in it.',
    lessMemory: 'Where memory is short, close other programs first.',
  },
};

/** That it has not answered for a while. */
export function silenceOf(name: HostName, { tell, end }: Patience): Failure {
  return {
    code: 'no-answer',
    message: `${ROLES[name].label} has not answered for ${inWords(tell)}.`,
    remedy: `Wait if a step or a folder may take this long. After ${inWords(end)} GAN Studio ends it and starts it again; a run can be resumed from its last checkpoint.`,
  };
}

/** That it was ended, since it did not answer. */
export const hangInWords = (name: HostName, { end }: Patience): string =>
  `${ROLES[name].label} did not answer for ${inWords(end)}, and was ended.`;

/** That it ended, and why: `hang` in words, where that is the reason; `lessMemory`: what its run can do with less. */
export function crashOf(
  name: HostName,
  { hang, ended, lessMemory }: { hang: string | undefined; ended: LastWords; lessMemory: string | undefined },
): Failure {
  const role = ROLES[name];
  if (hang !== undefined) return { code: 'host-crashed', message: hang, remedy: role.remedy };
  const { words, memory } = whyEnded(ended);
  return {
    code: 'host-crashed',
    message: `${role.label} ${words}`,
    remedy: [role.remedy, ...(memory === 'no' ? [] : [lessMemory ?? role.lessMemory])].join(' '),
  };
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
