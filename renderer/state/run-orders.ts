/** What can be done with the run that the run bar tells of, by its state. */
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
  telling: 'draft' | 'run';
  /** Whether the settings of the new run are on show. */
  settingUp: boolean;
  /** Of the run in the trainer; undefined where there is none. */
  status: RunStatus | undefined;
  /** The command that has not been answered yet. */
  order: Order | undefined;
  /** Whether it has taken all its steps. */
  complete: boolean;
};

/** In the order in which they stand; the first is the one that a person most likely wants. */
export function ordersOf({ telling, settingUp, status, order, complete }: OrdersInput): readonly RunOrder[] {
  if (telling === 'draft')
    return ['start', ...(settingUp ? [] : (['set-up'] as const)), ...(status ? (['back'] as const) : [])];
  if (status === 'starting') return order === 'open' ? ['wait'] : ['wait', 'cancel'];
  if (status === 'training') return ['pause', 'stop'];
  if (status === 'paused') return ['continue', 'stop'];
  if (status === 'unsaved') return ['save', 'give-up'];
  return complete ? ['longer', 'new'] : ['resume', 'new'];
}

/** What the waiting is for, while the run that was asked for gives no sign. */
export function waitingFor(order: Order | undefined): string {
  if (order === 'open') return 'Opening…';
  return order === 'resume' ? 'Resuming…' : 'Starting…';
}
