/** The flags of `train` become the settings of a run. */
import { Command } from 'commander';
import { beforeEach, expect, test, vi } from 'vitest';
import { RUN_SETTINGS } from '../contract/index.ts';
import type { TrainFlags } from './train.ts';
import { addTrainCommand } from './train-flags.ts';

const trained = vi.hoisted(() => ({ flags: [] as TrainFlags[] }));
vi.mock('./train.ts', () => ({
  trainCommand: async (flags: TrainFlags) => {
    trained.flags.push(flags);
    return 'finished';
  },
}));

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

async function read(...words: string[]): Promise<TrainFlags> {
  const program = new Command('studio').exitOverride();
  addTrainCommand(program);
  await program.parseAsync(['train', '--data', 'images', '--out', 'run', ...words], { from: 'user' });
  return trained.flags.at(-1)!;
}

test('`train` has the flag of every setting that declares one', () => {
  const program = new Command('studio');
  addTrainCommand(program);
  const help = program.commands[0]!.helpInformation();
  for (const { flag } of RUN_SETTINGS) if (flag) expect(help).toContain(`--${flag.name}`);
});

test('without flags nothing is given, so that presets and GANs decide', async () => {
  expect(await read()).toMatchObject({
    data: ['images'],
    leaveOut: [],
    json: false,
    given: {},
    ganOption: {},
    lossOption: {},
    optimizerOption: {},
  });
});

test('flags are settings by their paths, with values of their kind', async () => {
  const words =
    '--size 32 --mirror --background #00ff00 --turns 5 --z 7 --batch 8 --clip 2.5 --schedule linear --schedule-floor 0.1 --checkpoint-every 9';
  expect((await read(...words.split(' '))).given).toEqual({
    'dataset.options.size': 32,
    'dataset.options.mirror': true,
    'dataset.options.background': '#00ff00',
    'turns.kind': 'several',
    'turns.discriminator': 5,
    'z.size': 7,
    'batch': 8,
    'optimizer.clip': 2.5,
    'optimizer.schedule.kind': 'linear',
    'optimizer.schedule.floor': 0.1,
    'checkpoints.everySteps': 9,
  });
});

test('choices from the catalogue come with their own options', async () => {
  const words =
    '--gan mlp --gan-option width=16 --gan-option slope=0 --loss hinge --stabiliser r1:gamma=1 --stabiliser packing';
  expect(await read(...words.split(' '))).toMatchObject({
    gan: 'mlp',
    ganOption: { width: 16, slope: 0 },
    loss: 'hinge',
    stabiliser: [
      { kind: 'r1', options: { gamma: 1 } },
      { kind: 'packing', options: {} },
    ],
  });
});
