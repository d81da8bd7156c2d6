/**
 * What every GAN is: a game. It declares who plays, what a step is fed, how the players meet, the phases in
 * which they move, and what the trained model can do.
 */
import type {
  ExplainedKind,
  ImageShape,
  Meeting,
  Phase,
  Players,
  Refusal,
  Settled,
  Sources,
  Turn,
  Use,
} from '../game/index.ts';
import type { ZodObject, ZodType } from 'zod';
import { DEFAULT_RUN_CONFIG, type Meaning, type Recommended, type RunConfig } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import { GENERATE, oneAgainstOne } from './one-against-one.ts';

export type { ImageShape } from '../game/index.ts';

/** What a run asks of a GAN. */
export type GanInput<Options = Record<string, unknown>> = {
  options: Options;
  image: ImageShape;
  /** The run's latent points. */
  z: RunConfig['z'];
  /** Nodes that the run's loss wants D to answer with, without an activation. */
  nodes: 1 | 2;
  /** Classes of the dataset's images; 0 for GANs that are not told. */
  classes: number;
};

/** Other inputs and outputs may stand beside those that every one has. */
export type GeneratorNetwork = Network & Network<'z', 'image'>;
export type DiscriminatorNetwork = Network & Network<'image', 'logit' | 'features'>;

export type Gan = Omit<ExplainedKind, 'options'> & {
  options: ZodObject;
  /** What it was published with, or does well with; a run may choose otherwise. */
  recommends: Recommended;
  /** Meanings of D's number that it can be taught by: the losses that fit it. */
  answers: readonly Meaning[];
  /** Kinds of losses that it can play with, where what D's number means does not tell: all, unless said. */
  losses?: readonly string[];
  /**
   * Why it makes no sense in this run, such as for images of this shape or with these stabilisers, and what to
   * do instead; undefined when it does.
   */
  refuses?(run: Settled, given: GanInput): Refusal | undefined;
  /**
   * Networks by name. A discriminator answers `logit`, [nodes], and `features`, [units]: what it
   * goes by; images that it judges are its input `image`. A generator makes `image`.
   */
  players(given: GanInput): Players;
  /** What a step is fed, by name; `real` are images of the dataset. */
  sources(given: GanInput): Sources;
  game(turn: Pick<Turn, 'inputs' | 'run'>, given: GanInput): Meeting;
  /** In the order in which a step takes them. */
  phases(given: GanInput): readonly Phase[];
  /** What a trained model can do. */
  uses: readonly Use[];
};

/** A GAN that sees its options as its own schema has parsed them. What it leaves out is one against one. */
type GanOf<Options> = Omit<
  Gan,
  'options' | 'refuses' | 'players' | 'sources' | 'game' | 'phases' | 'uses' | 'answers'
> & {
  options: ZodType<Options> & ZodObject;
  refuses?(run: Settled, given: GanInput<Options>): Refusal | undefined;
  players(given: GanInput<Options>): Players;
  /** Images, and `z` as the run has it, unless said. */
  sources?(given: GanInput<Options>): Sources;
  /** One generator against one discriminator, unless said. */
  game?(turn: Pick<Turn, 'inputs' | 'run'>, given: GanInput<Options>): Meeting;
  /** A function where they go by its options. */
  phases: readonly Phase[] | ((given: GanInput<Options>) => readonly Phase[]);
  /** It generates images, unless said. */
  uses?: readonly Use[];
  /** Any number: a logit or a score, unless said. */
  answers?: readonly Meaning[];
};

/** The GAN as every other room sees it: it parses the options that it is given. */
export function defineGan<Options>({
  options,
  refuses,
  players,
  sources,
  game,
  phases,
  ...gan
}: GanOf<Options>): Gan {
  const parsed = (given: GanInput) => ({ ...given, options: options.parse(given.options) });
  return {
    answers: ['logit', 'score'],
    uses: [GENERATE],
    ...gan,
    options,
    ...(refuses && { refuses: (run, given) => refuses(run, parsed(given)) }),
    players: (given) => players(parsed(given)),
    sources: (given) => sources?.(parsed(given)) ?? imagesAndZ(given),
    game: (turn, given) => game?.(turn, parsed(given)) ?? oneAgainstOne(turn),
    phases: (given) => (typeof phases === 'function' ? phases(parsed(given)) : phases),
  };
}

/** What most GANs are fed. */
export function imagesAndZ({ z }: Pick<GanInput, 'z'>): Sources {
  return { real: { kind: 'images' }, z: { kind: 'latent', ...z } };
}

const { loss, stabilisers, turns, optimizer, z } = DEFAULT_RUN_CONFIG;
/** For a GAN that does well with the settings that a new run starts from. */
export const AS_A_NEW_RUN: Recommended = { loss, stabilisers, turns, optimizer, z };

/** Why a GAN made of convolutions refuses points of the plane. */
export function needsImages(label: string): Refusal {
  return {
    message: `${label} makes pictures, and this data set holds points of the plane.`,
    remedy: 'Choose the perceptron, or a folder of pictures.',
    fix: { label: 'Use the perceptron', change: { kind: 'choose', part: 'gans', entry: 'mlp' } },
  };
}
