/**
 * Adds `train` with its flags, most of which are the settings of a run, in the order of their descriptions.
 */
import { Option, InvalidArgumentError, type Command } from 'commander';
import {
  isSettingPath,
  limitsOf,
  rangeOf,
  RUN_SETTINGS,
  turnsSchema,
  type Choice,
  type GivenSettings,
  type Setting,
} from '../contract/index.ts';
import { flagOf, helpOf, namedValue, place, places, settingFlag, settingValue } from './flags.ts';
import { report } from './outcome.ts';
import type { TrainFlags } from './train.ts';

/** What Commander reads from the flags; settings are under the names of their flags. */
type Read = Record<string, unknown> &
  Partial<Omit<TrainFlags, 'given'>> & { turns?: GivenSettings } & Pick<
    TrainFlags,
    'data' | 'leaveOut' | 'out' | 'json'
  >;

export function addTrainCommand(program: Command): void {
  const train = program
    .command('train')
    .description('Train a GAN on pictures, and write a run folder.')
    .requiredOption(
      '--data <place>',
      'pictures: a folder, a file or a zip archive (may be repeated), or one of built-in:digits, built-in:emoji, points:ring and points:grid',
      places,
    )
    .option('--leave-out <file>', 'a picture to leave out; may be repeated', places, [])
    .requiredOption('--out <folder>', 'the run folder to write', place)
    .option('--preset <kind>', 'settings for one purpose; other flags override them');
  for (const option of RUN_SETTINGS.flatMap(optionsOf)) train.addOption(option);
  train.option('--json', 'one JSON line per event on standard output', false).action(async (read: Read) => {
    const { trainCommand } = await import('./train.ts');
    report(await trainCommand(flagsFrom(read)), read.out);
  });
}

function optionsOf(setting: Setting): Option[] {
  if (!setting.flag) return [];
  if (isSettingPath(setting.path)) return [settingFlag(setting.path)];
  if (setting.path === 'turns') return [new Option(flagOf(setting), helpOf(setting)).argParser(turns)];
  if (setting.path === 'stabilisers')
    return [new Option(flagOf(setting), helpOf(setting)).argParser(stabiliser)];
  return choiceOptions(setting);
}

/** The flags of a choice from the catalogue: one for the entry, one for its options. */
function choiceOptions(setting: Setting): Option[] {
  const { title, example, flag } = setting;
  const name = title === title.toUpperCase() ? title : title.toLowerCase();
  const such = example === undefined ? '' : `, such as ${example}`;
  return [
    new Option(flagOf(setting), helpOf(setting)),
    new Option(
      `--${flag?.name}-option <name=value>`,
      `an option of the ${name}${such}; may be repeated`,
    ).argParser(namedValue),
  ];
}

function flagsFrom(read: Read): TrainFlags {
  const { ganOption = {}, lossOption = {}, optimizerOption = {} } = read;
  return { ...read, ganOption, lossOption, optimizerOption, given: { ...settingsFrom(read), ...read.turns } };
}

/** The settings among the flags. */
function settingsFrom(read: Read): GivenSettings {
  const given = RUN_SETTINGS.filter(({ flag, path }) => flag !== undefined && isSettingPath(path)).map(
    (setting) => {
      const name = new Option(flagOf(setting)).attributeName();
      return [setting.path, settingValue(setting, read[name])] as const;
    },
  );
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Reads kind, or kind:name=value,name=value. */
function stabiliser(text: string, before: Choice[] = []): Choice[] {
  const [kind = '', ...rest] = text.split(':');
  const options = rest
    .join(':')
    .split(',')
    .filter((part) => part !== '')
    .reduce<Record<string, unknown>>((all, part) => namedValue(part, all), {});
  return [...before, { kind, options }];
}

function turns(text: string): GivenSettings {
  if (text === 'together' || text === 'alternating') return { 'turns.kind': text, 'turns.discriminator': 1 };
  const { discriminator } = turnsSchema.shape;
  const { data } = discriminator.safeParse(text.trim() === '' ? undefined : Number(text));
  if (data !== undefined) return { 'turns.kind': 'several', 'turns.discriminator': data };
  const range = rangeOf(limitsOf(discriminator)!);
  throw new InvalidArgumentError(
    `"${text}" is not a choice; choose together, alternating, or ${range}, the number of updates of D per update of G.`,
  );
}
