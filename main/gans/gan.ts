/**
 * A GAN is the declaration of a game: who plays, what a step is fed, how the players meet, the phases in
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

/** What a GAN's networks and phases depend on in a run. */
export type GanInput<Options = Record<string, unknown>> = {
  options: Options;
  image: ImageShape;
  /** The run's latent points. */
  z: RunConfig['z'];
  /** Numbers that D outputs for each image, without an activation, as the run's loss needs them. */
  nodes: 1 | 2;
  /** Number of classes in the data set; 0 if the GAN does not use classes. */
  classes: number;
};

/** A generator's network, and below a discriminator's. They may have further inputs and outputs. */
export type GeneratorNetwork = Network & Network<'z', 'image'>;
export type DiscriminatorNetwork = Network & Network<'image', 'logit' | 'features'>;

export type Gan = Omit<ExplainedKind, 'options'> & {
  options: ZodObject;
  /** Settings that it was published with, or that work well; a run may choose others. */
  recommends: Recommended;
  /** What D's output can mean, and so which losses fit. */
  meanings: readonly Meaning[];
  /**
   * Kinds of losses that it works with, if the meaning of D's output is not enough to tell; by default all.
   */
  losses?: readonly string[];
  /**
   * Why it makes no sense in this run, such as for images of this shape or with these stabilisers, and what
   * to do instead; undefined if it makes sense.
   */
  refuses?(run: Settled, given: GanInput): Refusal | undefined;
  /**
   * The players by name. A discriminator takes images as its input `image`, and outputs `logit`, [nodes], and
   * `features`, [units], the numbers from which it computes the logit. A generator outputs `image`.
   */
  players(given: GanInput): Players;
  /** What a step is fed, by name; `real` are images of the data set. */
  sources(given: GanInput): Sources;
  game(turn: Pick<Turn, 'inputs' | 'run'>, given: GanInput): Meeting;
  /** In the order in which a step takes them. */
  phases(given: GanInput): readonly Phase[];
  /** What a trained model can do. */
  uses: readonly Use[];
};

/**
 * A GAN whose members receive options that its own schema has parsed. The defaults for what it leaves out are
 * those of one generator against one discriminator.
 */
type GanOf<Options> = Omit<
  Gan,
  'options' | 'refuses' | 'players' | 'sources' | 'game' | 'phases' | 'uses' | 'meanings'
> & {
  options: ZodType<Options> & ZodObject;
  refuses?(run: Settled, given: GanInput<Options>): Refusal | undefined;
  players(given: GanInput<Options>): Players;
  /** Default: images, and latent points `z` as the run's settings say. */
  sources?(given: GanInput<Options>): Sources;
  /** Default: one generator against one discriminator. */
  game?(turn: Pick<Turn, 'inputs' | 'run'>, given: GanInput<Options>): Meeting;
  /** A function if they depend on the options. */
  phases: readonly Phase[] | ((given: GanInput<Options>) => readonly Phase[]);
  /** Default: it generates images. */
  uses?: readonly Use[];
  /** Default: a logit or a score. */
  meanings?: readonly Meaning[];
};

/**
 * The GAN as the rest of the app sees it, with defaults filled in; its members parse the options themselves.
 */
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
    meanings: ['logit', 'score'],
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

/** The sources of most GANs. */
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
