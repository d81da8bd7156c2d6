/**
 * The interface of an export format: it writes a trained generator, and the other networks of the model, as
 * the files of a folder that explains itself.
 */
import type { ExportLayout, UseName } from '../contract/index.ts';
import type { LatentSpace } from '../explore/index.ts';
import type { Numbers, PortableNetwork } from '../layers/index.ts';

/** A network of the trained model, with some inputs and the outputs that the app computes from them. */
export type ExportedNetwork = {
  /** The player's name, such as `generator`; files are named after it. */
  name: string;
  network: PortableNetwork;
  /** Inputs and outputs by name, [rows, ...shape]; pictures are [rows, height, width, channels]. */
  known: { inputs: Record<string, Numbers>; outputs: Record<string, Numbers> };
};

/**
 * Weights by player and name, such as `generator/start/kernel`: the last ones, and their averages over the
 * training.
 */
export type AllWeights = { current: Record<string, Numbers>; averaged: Record<string, Numbers> };

/** What is exported, as plain data. */
export type ExportSubject = {
  /** The run's name. */
  name: string;
  /** Steps it has been trained for. */
  step: number;
  gan: string;
  loss: string;
  /** The parts of z, in order; each is an input of the generator by its name. */
  latent: LatentSpace;
  /**
   * Names of the classes, in order; the generator's input `class` is one-hot over them. Empty if it has no
   * such input.
   */
  classes: readonly string[];
  /** With 2 channels: a point of the plane, [1, 1, 2]. */
  image: { size: number; channels: number };
  uses: readonly { use: UseName; label: string; networks: readonly string[]; gives: readonly string[] }[];
  /** The generator comes first. */
  networks: readonly ExportedNetwork[];
  /** Every weight of every network of the run; empty if no format takes them. */
  weights: AllWeights;
};

/** The order of a picture's axes: channels last, as in the app, or first. */
export type ExportOptions = { layout: ExportLayout };

/** The content of each file by its path within the folder, such as `weights/data.bin`. */
export type Files = Record<string, string | Uint8Array>;

export type Exporter = {
  /** Throws StudioError `not-portable` if the format has no counterpart of a layer. */
  files(subject: ExportSubject, options: ExportOptions): Files | Promise<Files>;
};
