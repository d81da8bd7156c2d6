/**
 * `bench`: runs a benchmark of main/bench and prints one JSON line for each figure. main/bench may import all
 * of the core; only the command line and tests import it.
 */
import path from 'node:path';
import { endWithParent } from '../bench/child.ts';
import { benchCheckpoints } from '../bench/checkpoints.ts';
import { benchCompile, benchEngine, benchMemory, machine } from '../bench/engine.ts';
import { benchDigits } from '../bench/digits.ts';
import { benchEstimate } from '../bench/estimate.ts';
import { ENGINE_CASES } from '../bench/engine-cases.ts';
import { benchFalseAlarms } from '../bench/false-alarms.ts';
import { benchHealth } from '../bench/health.ts';
import { benchImport } from '../bench/import.ts';
import { benchInspect } from '../bench/inspect.ts';
import { benchLab } from '../bench/lab.ts';
import { benchMeasuring } from '../bench/measuring.ts';
import { benchModes } from '../bench/modes.ts';
import { named } from '../bench/named.ts';
import { makePeer } from '../bench/peer.ts';
import { profileStep } from '../bench/profile.ts';
import { benchQuality } from '../bench/quality.ts';
import { trainTask } from '../bench/quality-task.ts';
import { benchRunList } from '../bench/run-list.ts';
import { benchReopen } from '../bench/reopen.ts';
import { benchPrecision } from '../bench/precision.ts';
import { benchSpoilt } from '../bench/spoilt.ts';
import { benchTimeLeft } from '../bench/time-left.ts';
import type { Decoders } from '../decoding/index.ts';
import type { BenchName } from './bench-names.ts';
import { withDecoders } from './default-decoders.ts';
import { thisProgram } from './this-program.ts';
import type { Folders } from '../folders.ts';
import { defaultFolders } from './default-folders.ts';

export type BenchFlags = {
  case: string[];
  rounds: number;
  peer: string | boolean;
  makePeer: boolean;
  minutes?: number;
  against?: string;
  record?: string;
  rows: string[];
  sets: string[];
  seeds?: number[];
  task?: string;
};

/** Kernels of a profile that are printed; the rest takes hardly any time. */
const LINES_A_PROFILE = 20;

/**
 * Prints the figures of a benchmark as soon as they are measured. Throws StudioError `invalid-input`,
 * `peer-missing`, `peer-failed` or `peer-not-made`.
 */
export async function benchCommand(what: BenchName, flags: BenchFlags): Promise<void> {
  await withDecoders(async (decoders) => {
    for await (const figure of FIGURES[what]({ folders: defaultFolders(), decoders }, flags))
      process.stdout.write(`${JSON.stringify(figure)}\n`);
  });
}

function qualityAsked(
  flags: BenchFlags,
  given: { folders: Folders; decoders: Decoders },
): Parameters<typeof benchQuality>[0] {
  return {
    ...given,
    minutes: flags.minutes ?? 5,
    rows: flags.rows,
    sets: flags.sets,
    seeds: flags.seeds ?? [1],
    venv: peerOf(flags),
    program: thisProgram(),
    into: path.resolve('docs'),
  };
}

type BenchResources = { folders: Folders; decoders: Decoders };
type Figures = (given: BenchResources, flags: BenchFlags) => Iterable<object> | AsyncIterable<object>;

const FIGURES: Record<BenchName, Figures> = {
  'engine': (_, flags) => engineFigures(flags),
  'profile': (_, flags) => profileFigures(flags),
  'checkpoints': checkpointFigures,
  'digits': (given, flags) => benchDigits({ minutes: flags.minutes ?? 4, only: flags.case, ...given }),
  'modes': (given, flags) => benchModes({ minutes: flags.minutes ?? 1, only: flags.case, ...given }),
  'lab': (_, flags) => benchLab(flags.case),
  'quality': (given, flags) => benchQuality(qualityAsked(flags, given)),
  'quality-row': async function* (given, flags) {
    endWithParent();
    yield await trainTask(flags.task ?? '', given);
  },
  'import': ({ folders }, { rounds, against }) =>
    benchImport({ program: thisProgram(), rounds, against, cache: folders.cache }),
  'reopen': (given) => benchReopen(given),
  'run-list': () => benchRunList(),
  'inspect': (given) => benchInspect(given),
  'time-left': (given, flags) => benchTimeLeft({ only: flags.case, ...given }),
  'estimate': (given, flags) => benchEstimate({ only: flags.case, ...given }),
  'health': (given, flags) => benchHealth({ only: flags.case, record: flags.record, ...given }),
  'false-alarms': (given, flags) =>
    benchFalseAlarms({ minutes: flags.minutes ?? 3, only: flags.case, ...given }),
  'spoilt': (given) => benchSpoilt(given),
  'precision': (given, flags) =>
    benchPrecision(given, { rows: flags.rows, seeds: flags.seeds, into: path.resolve('docs') }),
};

async function* checkpointFigures(given: BenchResources, flags: BenchFlags): AsyncGenerator<object> {
  if (flags.case.length === 0) yield* benchCheckpoints();
  yield* benchMeasuring({ minutes: flags.minutes ?? 2, only: flags.case, ...given });
}

function* profileFigures(flags: BenchFlags): Generator<object> {
  for (const { name } of engineCases(flags)) yield* profileStep(name).slice(0, LINES_A_PROFILE);
}

const engineCases = (flags: BenchFlags): typeof ENGINE_CASES =>
  named({ cases: ENGINE_CASES, nameOf: ({ name }) => name, names: flags.case, what: 'case' });

async function* engineFigures(flags: BenchFlags): AsyncGenerator<object> {
  const venv = peerOf(flags);
  yield machine();
  yield* benchEngine({ rounds: flags.rounds, cases: engineCases(flags), venv });
  if (flags.case.length > 0) return;
  yield benchCompile();
  yield benchMemory();
}

/** The virtual environment with PyTorch, made now if --make-peer is given; undefined with --no-peer. */
function peerOf({ peer, makePeer: make }: BenchFlags): string | undefined {
  if (peer === false) return undefined;
  const venv = typeof peer === 'string' ? peer : path.join(defaultFolders().cache, 'pytorch-peer');
  if (make) makePeer(venv);
  return venv;
}
