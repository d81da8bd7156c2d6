/**
 * Our engine beside PyTorch, on the same work, in turns: the machine's moods hit both. Milliseconds a step,
 * medians.
 */
import os from 'node:os';
import v8 from 'node:v8';
import vm from 'node:vm';
import { drawPart } from '../explore/index.ts';
import { tf, tensorFlowVersions } from '../tensor.ts';
import type { Session } from '../training/index.ts';
import { engineCase, openCase, realLength, type EngineCase } from './engine-cases.ts';
import { median } from './median.ts';
import { measurePeer } from './peer.ts';

const WARM_UP = 5;
/** So long each program runs in a round, at least. */
const ROUND_MILLISECONDS = 6000;
const FEWEST_STEPS = 8;

export type EngineFigure = {
  case: string;
  ours: number;
  /** Mean of all steps in place of their median: what a run has of it. */
  oursMean: number;
  /**
   * The PyTorch step as its DCGAN example does it; `tuned`: D frozen in G's turn, fused Adam. Left out
   * without a peer.
   */
  peer?: number;
  tuned?: number;
  /** Above 1: ours is quicker. Medians over the rounds of each round's own ratio. */
  ratio?: number;
  ratioTuned?: number;
  /** Smallest and largest ratio of a round: plain, then tuned. */
  range?: [number, number];
  rangeTuned?: [number, number];
};

/** Milliseconds a step in one round. */
type RoundTimes = { ours: number; oursMean: number; peer?: number; tuned?: number };

/** Measures these cases; `venv` is a virtual environment with PyTorch. */
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
    const session = openCase(one);
    const steps = stepsOfARound(session, one);
    const measured: RoundTimes[] = [];
    for (let round = 0; round < rounds; round++) {
      const times = timeSteps(session, one, steps);
      const ours = {
        ours: median(times),
        oursMean: times.reduce((sum, time) => sum + time, 0) / times.length,
      };
      const peers = venv !== undefined && {
        peer: await measurePeer({ venv, one, steps, tuned: false }),
        tuned: await measurePeer({ venv, one, steps, tuned: true }),
      };
      measured.push({ ...ours, ...peers });
    }
    session.dispose();
    yield { case: one.name, ...summary(measured) };
  }
}

/** What the figures were measured on. */
export function machine(): Record<string, unknown> {
  const [first] = os.cpus();
  return { processor: first?.model, cores: os.cpus().length, ...tensorFlowVersions(), node: process.version };
}

function summary(rounds: readonly RoundTimes[]): Omit<EngineFigure, 'case'> {
  const all = (figure: 'ours' | 'oursMean' | 'peer' | 'tuned') => rounds.map((round) => round[figure] ?? NaN);
  const ours = { ours: rounded(median(all('ours')), 2), oursMean: rounded(median(all('oursMean')), 2) };
  if (rounds[0]?.peer === undefined) return ours;
  const ratios = rounds.flatMap(({ ours: own, peer }) => (peer === undefined ? [] : [peer / own]));
  const ratiosTuned = rounds.flatMap(({ ours: own, tuned }) => (tuned === undefined ? [] : [tuned / own]));
  const range = (values: number[]): [number, number] => [
    rounded(Math.min(...values), 2),
    rounded(Math.max(...values), 2),
  ];
  return {
    ...ours,
    peer: rounded(median(all('peer')), 2),
    tuned: rounded(median(all('tuned')), 2),
    ratio: rounded(median(ratios), 2),
    ratioTuned: rounded(median(ratiosTuned), 2),
    range: range(ratios),
    rangeTuned: range(ratiosTuned),
  };
}

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

/**
 * How long it takes from a session's settings to its first step: recording, building and loading the graph.
 */
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

/** Resident memory after so many replayed steps, against after a few. */
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

/** JavaScript's garbage is collected first, as its amount is chance. */
function residentMegabytes(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
