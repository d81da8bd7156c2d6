/** Messages that a compromised page might send: valid ones, spoilt ones, and values that are no messages. */
import { COMMANDS, type CommandName } from '#main/contract/index.ts';
import type { Chance } from './chance.ts';
import { STRANGE_KINDS, STRANGE_NAMES, STRANGE_PLAIN, type Mark } from './strange-values.ts';
import { validInput, type FittingValues } from './valid-input.ts';

/** These take seconds, so they are sent seldom. */
const HEAVY: readonly CommandName[] = [
  'run.start',
  'run.resume',
  'run.estimate',
  'run.measure',
  'run.open',
  'run.relink',
  'run.step',
  'dataset.open',
  'export.generator',
  'export.pictures',
  'export.sheet',
  'export.preview',
  'lab.open',
  'lab.configure',
  'lab.frame',
  'inspect.trace',
  'inspect.compare',
  'latent.rebuild',
];
const HEAVY_SHARE = 0.12;
/** Commands that end long work: sent with every bundle of messages. */
export const ENDING: readonly HostileMessage[] = [
  { name: 'run.stopMeasuring', input: {} },
  { name: 'export.cancel', input: {} },
];
const NAMES = Object.keys(COMMANDS) as CommandName[];
const LIGHT = NAMES.filter((name) => !HEAVY.includes(name));
const MOST_FAULTS = 3;
/** Share of the marks that stand for a large value. */
const LARGE = 0.02;
const SIZES = { usual: 20, large: 200_000 };

/** What is passed to `window.studio.request`, with marks for values that JSON cannot hold. */
export type HostileMessage = unknown;

/**
 * A message. Of ten, two are valid, one is no request, one has a strange input, and six are valid but for one
 * to three faults.
 */
export function hostileMessage(chance: Chance, known: FittingValues): HostileMessage {
  const name = chance.of(chance.happens(HEAVY_SHARE) ? HEAVY : LIGHT);
  const kind = chance.number();
  if (kind < 0.1) return noRequest(chance, name);
  if (kind < 0.2) return { name, input: strange(chance) };
  const request = { name, input: validInput(name, chance, known) };
  if (kind < 0.4) return request;
  for (let faults = 1 + chance.below(MOST_FAULTS); faults > 0; faults--) spoil(request, chance, known);
  return restartsTrainer(request) ? { name, input: {} } : request;
}

/** A number of threads restarts the trainer, as it should, and so would change a process id. */
const restartsTrainer = ({ name, input }: { name: string; input: unknown }): boolean =>
  name === 'preferences.set' && Number((input as { threads?: unknown } | null)?.threads ?? 0) > 0;

function noRequest(chance: Chance, name: CommandName): unknown {
  const input = {};
  return chance.of([
    () => strange(chance),
    () => [name, input],
    () => ({ name: strange(chance), input }),
    () => ({ name: chance.of(STRANGE_NAMES), input }),
    () => ({ name: `${name}\0`, input }),
    () => ({ name: name.toUpperCase(), input }),
    () => ({ input }),
    () => ({ name }),
    () => ({ name, input, from: 'drop', wanted: 'dataset', paths: ['/'] }),
    () => ({ from: 'drop', wanted: 'dataset', paths: ['/etc'] }),
    () => ({ from: 'page', request: { name, input } }),
    () => ({ name, input: [input] }),
    () => ({ name, input: JSON.stringify(input) }),
  ])();
}

/** A value that no command expects. */
function strange(chance: Chance): unknown {
  // A copy, since it may be spoilt in turn.
  if (chance.happens(0.5)) return structuredClone(chance.of(STRANGE_PLAIN));
  const mark: Mark = {
    $: chance.of(STRANGE_KINDS),
    size: chance.happens(LARGE) ? SIZES.large : SIZES.usual,
  };
  return mark;
}

type MessageMember = { holder: Record<string, unknown>; name: string };

/** Changes one member of the message. */
function spoil(request: Record<string, unknown>, chance: Chance, known: FittingValues): void {
  const members = membersIn(request.input);
  const member = members.length > 0 ? chance.of(members) : { holder: request, name: 'input' };
  const { holder, name } = member;
  const value = holder[name];
  chance.of([
    () => set(member, strange(chance)),
    () => set(member, strange(chance)),
    () => {
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a missing member is one of the faults
      else delete holder[name];
    },
    () => set({ holder, name: chance.of(STRANGE_NAMES) }, strange(chance)),
    () => set(member, [value]),
    () => set(member, { [name]: value }),
    () => set(member, bent(value, chance)),
    () => set(member, structuredClone(chance.of(chance.of(Object.values(known))))),
    () =>
      set(
        member,
        Array.from({ length: 50 }, () => value),
      ),
  ])();
}

/** The value with a small change. */
function bent(value: unknown, chance: Chance): unknown {
  if (typeof value === 'number')
    return chance.of([value + 1, value - 1, -value, value + 0.5, value * 1e9, String(value), 1 / value]);
  if (typeof value === 'string')
    return chance.of([
      `${value}\0`,
      `${value}/..`,
      `${value}/../..`,
      `../${value}`,
      `${value}/`,
      `//${value}`,
      `${value} `,
      value.toUpperCase(),
      value.normalize('NFD'),
      value.replaceAll('/', '%2f'),
      `file://${value}`,
      `\\\\?\\${value}`,
      value.slice(0, -1),
      value + 'x'.repeat(5000),
    ]);
  return strange(chance);
}

/** Also sets a member called `__proto__`, which a plain assignment would take for the prototype. */
function set({ holder, name }: MessageMember, value: unknown): void {
  if (Array.isArray(holder) && !Object.keys(holder).includes(name)) holder.push(value);
  else Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Every member of a value, at any depth. */
function membersIn(value: unknown): MessageMember[] {
  if (typeof value !== 'object' || value === null || '$' in value) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...membersIn(holder[name])]);
}
