/**
 * Compares our engine with PyTorch on the same work, in turns, so that changes of the machine's speed affect
 * both. Figures are medians, in milliseconds a step.
 */
import os from 'node:os';
import v8 from 'node:v8';
import vm from 'node:vm';
import { drawPart } from '../explore/index.ts';
import { tf, tensorFlowVersions } from '../tensor.ts';
import type { Session } from '../training/index.ts';
import { engineCase, openCase, realLength, type EngineCase } from './engine-cases.ts';
import { median } from '../median.ts';
import { measurePeer } from './peer.ts';

const WARM_UP = 5;
/** The least time that each program runs in a round. */
const ROUND_MILLISECONDS = 6000;
const FEWEST_STEPS = 8;

/** Our engine in either precision, and PyTorch: as in its DCGAN example, tuned, and tuned with autocast. */
const CONTESTANTS = ['ours', 'oursBfloat16', 'peer', 'tuned', 'autocast'] as const;
type Contestant = (typeof CONTESTANTS)[number];
type RoundTimes = Partial<Record<Contestant, number>>;

export type EngineFigure = {
  case: string;
  /** Milliseconds a step, medians over the rounds; without a virtual environment, ours alone. */
  milliseconds: RoundTimes;
  /**
   * Ratios of COMPARED within each round: their median, smallest and largest. Above 1, the second is faster.
   */
  ratios: Record<string, { median: number; range: [number, number] }>;
};

/** The ratios: how many times as long the first takes as the second. */
const COMPARED: readonly [name: string, slow: Contestant, quick: Contestant][] = [
  ['PyTorch / float32', 'peer', 'ours'],
  ['tuned PyTorch / float32', 'tuned', 'ours'],
  ['PyTorch / bfloat16', 'peer', 'oursBfloat16'],
  ['tuned PyTorch / bfloat16', 'tuned', 'oursBfloat16'],
  ['autocast PyTorch / bfloat16', 'autocast', 'oursBfloat16'],
  ['float32 / bfloat16', 'ours', 'oursBfloat16'],
];

/** Measures these cases, with all contestants in turns; `venv` is a virtual environment with PyTorch. */
export async function* benchEngine({
  rounds,
  cases,
  venv,
}: {
  rounds: number;
  cases: readonly EngineCase[];
  venv: string | undefined;
}): AsyncGenerator<EngineFigure> {
  for (const one of cases) {
    const [float32, bfloat16] = [openCase(one), openCase(one, 'bfloat16')];
    const steps = stepsOfARound(float32, one);
    timeSteps(bfloat16, one, WARM_UP);
    const measured: RoundTimes[] = [];
    for (let round = 0; round < rounds; round++) {
      const times: RoundTimes = {
        ours: median(timeSteps(float32, one, steps)),
        oursBfloat16: median(timeSteps(bfloat16, one, steps)),
      };
      if (venv !== undefined) {
        times.peer = await measurePeer({ venv, one, steps, how: [] });
        times.tuned = await measurePeer({ venv, one, steps, how: ['tuned'] });
        times.autocast = await measurePeer({ venv, one, steps, how: ['tuned', 'autocast'] });
      }
      measured.push(times);
    }
    for (const session of [float32, bfloat16]) session.dispose();
    yield { case: one.name, ...summary(measured) };
  }
}

/** The machine and the versions that the figures were measured with. */
export function machine(): Record<string, unknown> {
  const [first] = os.cpus();
  return { processor: first?.model, cores: os.cpus().length, ...tensorFlowVersions(), node: process.version };
}

function summary(rounds: readonly RoundTimes[]): Omit<EngineFigure, 'case'> {
  const of = (values: (number | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [value]));
  const milliseconds = Object.fromEntries(
    CONTESTANTS.map((name) => [name, of(rounds.map((round) => round[name]))] as const)
      .filter(([, times]) => times.length > 0)
      .map(([name, times]) => [name, rounded(median(times), 2)]),
  );
  const ratios = Object.fromEntries(
    COMPARED.flatMap(([name, slow, quick]) => {
      const all = of(rounds.map((round) => ratioOf(round[slow], round[quick])));
      if (all.length === 0) return [];
      const range: [number, number] = [rounded(Math.min(...all), 2), rounded(Math.max(...all), 2)];
      return [[name, { median: rounded(median(all), 2), range }]];
    }),
  );
  return { milliseconds, ratios };
}

const ratioOf = (slow: number | undefined, quick: number | undefined): number | undefined =>
  slow === undefined || quick === undefined ? undefined : slow / quick;

function stepsOfARound(session: Session, one: EngineCase): number {
  timeSteps(session, one, WARM_UP);
  return Math.max(FEWEST_STEPS, Math.round(ROUND_MILLISECONDS / median(timeSteps(session, one, WARM_UP))));
}

function timeSteps(session: Session, one: EngineCase, steps: number): number[] {
  const real = drawPart(
    { size: realLength(one), distribution: 'uniform' },
    { seed: 1, stream: 'features', step: 0 },
    1,
  );
  return Array.from({ length: steps }, () => {
    const batch = real.slice();
    const start = performance.now();
    session.takeStep({ images: batch });
    return performance.now() - start;
  });
}

export type CompileFigure = { case: 'compile'; of: string; milliseconds: number };

/** Measures how long a session takes to compile its step: to record, build and load the graph. */
export function benchCompile(): CompileFigure {
  const one = engineCase('dcgan64-w64-b32');
  openCase(one).dispose(); // loads TensorFlow's own parts
  const session = openCase(one);
  const milliseconds = Math.round(session.compileMilliseconds);
  session.dispose();
  return { case: 'compile', of: one.name, milliseconds };
}

export type MemoryFigure = {
  case: 'memory';
  stepsBefore: number;
  stepsAfter: number;
  megabytesBefore: number;
  megabytesAfter: number;
  growth: number;
  tensors: number;
};

/** Compares the resident memory after many replayed steps with that after a few. */
export function benchMemory({ before = 1000, after = 20_000 } = {}): MemoryFigure {
  const one: EngineCase = { name: 'memory', model: 'mlp28', loss: 'bce', width: 64, batch: 32 };
  const session = openCase(one);
  timeSteps(session, one, before);
  const tensors = tf.memory().numTensors;
  const megabytesBefore = residentMegabytes();
  timeSteps(session, one, after - before);
  const megabytesAfter = residentMegabytes();
  const grown = tf.memory().numTensors - tensors;
  session.dispose();
  return {
    case: 'memory',
    stepsBefore: before,
    stepsAfter: after,
    megabytesBefore,
    megabytesAfter,
    growth: rounded(megabytesAfter / megabytesBefore - 1, 4),
    tensors: grown,
  };
}

/** Collects JavaScript's garbage first, as its amount is random. */
function residentMegabytes(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
