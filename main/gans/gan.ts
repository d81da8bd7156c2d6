/**
 * What every GAN is: networks as data, the settings it asks for, and phases, the turns in which one network
 * moves.
 */
import type { ExplainedKind, Refusal } from '../entry.ts';
import type { ZodObject, ZodType } from 'zod';
import { DEFAULT_RUN_CONFIG, type Recommended } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import type { Phase } from '../turn.ts';

/** A point of the plane is an image of one pixel with two channels. */
export type ImageShape = { size: number; channels: number };

/** What a run asks of a GAN. */
export type NetworksFor<Options = Record<string, unknown>> = {
  options: Options;
  image: ImageShape;
  /** Numbers in a latent point. */
  z: number;
  /** Nodes that the run's loss wants D to answer with, without an activation. */
  verdicts: 1 | 2;
  /** Classes of the dataset's images; 0 for GANs that are not told. */
  classes: number;
};

/** Other inputs and outputs may stand beside those that every one has. */
export type GeneratorNetwork = Network & Network<'z', 'image'>;
export type DiscriminatorNetwork = Network & Network<'image', 'verdict' | 'features'>;

/** A GAN's networks by name. */
export type GanNetworks = Record<string, Network> & {
  generator: GeneratorNetwork;
  discriminator: DiscriminatorNetwork;
};

export type Gan = Omit<ExplainedKind, 'options'> & {
  options: ZodObject;
  /** What it was published with, or does well with; a run may choose otherwise. */
  recommends: Recommended;
  /** Whether its networks are told the class of each image: they have an input `class`, one-hot. */
  isConditional?: boolean;
  /** In the order in which a step takes them. */
  phases: Phase[];
  /**
   * Why it cannot make images of this shape, or with these options, and what to do instead; undefined when it
   * can.
   */
  refuses?(given: NetworksFor): Refusal | undefined;
  /**
   * G takes `z` (and `class`) and answers `image`; D takes `image` (and `class`) and answers `verdict`, and
   * `features`, [units]: what its last layer sees.
   */
  networks(given: NetworksFor): GanNetworks;
};

/** A GAN that sees its options as its own schema has parsed them. */
type GanOf<Options> = Omit<Gan, 'options' | 'refuses' | 'networks'> & {
  options: ZodType<Options> & ZodObject;
  refuses?(given: NetworksFor<Options>): Refusal | undefined;
  networks(given: NetworksFor<Options>): GanNetworks;
};

/** The GAN as every other room sees it: it parses the options that it is given. */
export function defineGan<Options>({ options, refuses, networks, ...gan }: GanOf<Options>): Gan {
  const parsed = (given: NetworksFor) => ({ ...given, options: options.parse(given.options) });
  return {
    ...gan,
    options,
    ...(refuses && { refuses: (given) => refuses(parsed(given)) }),
    networks: (given) => networks(parsed(given)),
  };
}

const { loss, stabilisers, turns, optimizer, z } = DEFAULT_RUN_CONFIG;
/** For a GAN that does well with the settings that a new run starts from. */
export const AS_A_NEW_RUN: Recommended = { loss, stabilisers, turns, optimizer, z };

/** Why a GAN made of convolutions refuses points of the plane. */
export function needsImages(label: string): Refusal {
  return {
    message: `${label} makes images, and this dataset holds points of the plane.`,
    remedy: 'Choose the perceptron, or a folder of images.',
  };
}
