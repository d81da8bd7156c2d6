/** The buttons of the run bar, by the state of the run that it shows. */
import type { RunStatus } from '#main/contract/index.ts';
import type { Order } from './run.svelte.ts';

export type RunOrder =
  | 'start'
  | 'set-up'
  | 'wait'
  | 'cancel'
  | 'pause'
  | 'continue'
  | 'stop'
  | 'save'
  | 'give-up'
  | 'resume'
  | 'longer'
  | 'new'
  | 'back';

type OrdersInput = {
  /** What the run bar shows: the new run, or the run in the trainer. */
  telling: 'draft' | 'run';
  /** Whether the settings of the new run are on show. */
  settingUp: boolean;
  /** Status of the run in the trainer; undefined if there is none. */
  status: RunStatus | undefined;
  /** The command that has not been answered yet. */
  order: Order | undefined;
  /** Whether the run in the trainer has taken all its steps. */
  complete: boolean;
};

/** The buttons from left to right; the first is the one that a person most likely wants. */
export function ordersOf({ telling, settingUp, status, order, complete }: OrdersInput): readonly RunOrder[] {
  if (telling === 'draft')
    return ['start', ...(settingUp ? [] : (['set-up'] as const)), ...(status ? (['back'] as const) : [])];
  if (status === 'starting') return order === 'open' ? ['wait'] : ['wait', 'cancel'];
  if (status === 'training') return ['pause', 'stop'];
  if (status === 'paused') return ['continue', 'stop'];
  if (status === 'unsaved') return ['save', 'give-up'];
  return complete ? ['longer', 'new'] : ['resume', 'new'];
}

/** What the run bar says while a command waits for the first sign of its run. */
export function waitingFor(order: Order | undefined): string {
  if (order === 'open') return 'Opening…';
  return order === 'resume' ? 'Resuming…' : 'Starting…';
}
