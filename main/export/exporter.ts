/**
 * What every export format is: a way to write a trained generator, and the other networks of the model, as the files of
 * a folder that explains itself.
 */
import type { ExportLayout, UseName } from '../contract/index.ts';
import type { LatentSpace } from '../explore/index.ts';
import type { Numbers, PortableNetwork } from '../layers/index.ts';

/** A network of the trained model, and what the app makes of some inputs with it. */
export type ExportedNetwork = {
  /** The player's name, such as `generator`; files are named after it. */
  name: string;
  network: PortableNetwork;
  /** Inputs and outputs by name, [rows, ...shape]; pictures are [rows, height, width, channels]. */
  known: { inputs: Record<string, Numbers>; outputs: Record<string, Numbers> };
};

/** By player and weight, such as `generator/start/kernel`: as they were last, and averaged over the training. */
export type AllWeights = { current: Record<string, Numbers>; averaged: Record<string, Numbers> };

/** What is exported, as plain data. */
export type ExportSubject = {
  /** Of the run. */
  name: string;
  /** Steps it has been trained for. */
  step: number;
  gan: string;
  loss: string;
  /** The parts of z, in order; each is an input of the generator by its name. */
  latent: LatentSpace;
  /** Names of the classes, in order; the generator's input `class` is one-hot over them. Empty: the generator takes no class. */
  classes: readonly string[];
  /** channels 2: a point of the plane, [1, 1, 2] */
  image: { size: number; channels: number };
  uses: readonly { use: UseName; label: string; networks: readonly string[]; gives: readonly string[] }[];
  /** What generates comes first. */
  networks: readonly ExportedNetwork[];
  /** Every weight of every network of the run, for formats that take them, by names such as `generator/start/kernel`. */
  weights: AllWeights;
};

/** How the axes of pictures lie: channels last, as in the app, or in front. */
export type ExportOptions = { layout: ExportLayout };

/** Text or bytes by the path within the folder, such as `weights/data.bin`. */
export type Files = Record<string, string | Uint8Array>;

export type Exporter = {
  /** Throws StudioError `not-portable` where the format has no counterpart of a layer. */
  files(subject: ExportSubject, options: ExportOptions): Files | Promise<Files>;
};
