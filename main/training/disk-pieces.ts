/** How many bytes the parts of a run take on the disk, computed from its settings alone. */
import type { DiskPieces, RunConfig, RunEvent } from '../contract/index.ts';
import { checkpointBytes, configHash, sheetSize } from '../runs/index.ts';
import { sampleLayout } from '../samples/index.ts';
import { duePhases, stepsInARound } from './due.ts';
import { rulesOf } from './rules.ts';
import { stateSpecs } from './state.ts';
import type { Rules } from './step.ts';

/**
 * Bytes per pixel of a sheet, seldom exceeded; measured on runs of the digits, of emoji at 32 and 64 px, and
 * of points. Only the first sheets of an untrained network, which are noise, take up to 2.5.
 */
const PER_PIXEL = { grey: 1.5, colour: 2.2, points: 0.3 } as const;
/** Bytes of a sheet without its pixels. */
const SHEET_HEADERS = 100;
/** The most steps that are counted one by one; the rest is assumed to be like them. */
const MOST_COUNTED = 1000;
/** Few float32 numbers are longer than this in a log. */
const LONG_NUMBER = -1.2345678806304932;
const TIME = '2026-01-01T00:00:00.000Z';

/** `config` is complete, with the classes of its data set. Throws what making a session of it throws. */
export function diskPieces(config: RunConfig): DiskPieces {
  const rules = rulesOf(config);
  return {
    checkpoint: checkpointBytes({
      step: config.steps,
      tensors: stateSpecs(rules),
      learningRateFactor: 1,
      refusals: 0,
      configHash: configHash(config),
      ...(rules.precision !== 'float32' && { precision: rules.precision }),
    }),
    sheet: sheetBytes(config, rules),
    step: bytesOfSteps(config, rules),
  };
}

function sheetBytes(config: RunConfig, { uses }: Rules): number {
  const rebuilds = uses.some(({ use }) => use === 'rebuild');
  const { sheet } = sampleLayout(config, config.samples.count, { rebuilds });
  const { width, height } = sheetSize(sheet);
  const kind = config.dataset.source.kind === 'points' ? 'points' : sheet.channels === 1 ? 'grey' : 'colour';
  return Math.ceil(SHEET_HEADERS + width * height * PER_PIXEL[kind]);
}

/** Bytes of the line that a step adds to the event log, averaged over a round of the update order. */
function bytesOfSteps(config: RunConfig, rules: Rules): number {
  const counted = Math.min(stepsInARound(rules), MOST_COUNTED);
  const lines = Array.from({ length: counted }, (_, step) =>
    lineBytes(
      config.steps,
      duePhases(rules, step).map(({ name }) => name),
      measuresOf(rules),
    ),
  );
  return lines.reduce((sum, bytes) => sum + bytes, 0) / counted;
}

/** Names of the measures that stabilisers report at each step: the single numbers that they keep. */
function measuresOf({ memory }: Rules): string[] {
  return Object.entries(memory).flatMap(([name, { shape }]) => (shape.length === 0 ? [name] : []));
}

function lineBytes(step: number, phases: string[], measures: string[]): number {
  const numbers = (names: string[]) => Object.fromEntries(names.map((name) => [name, LONG_NUMBER]));
  const event: RunEvent = {
    type: 'losses',
    step,
    losses: numbers(phases),
    ...(measures.length > 0 && { measures: numbers(measures) }),
  };
  return JSON.stringify({ time: TIME, ...event }).length + 1;
}
