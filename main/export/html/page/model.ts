/** The types of a model in the page: JSON, with all weights in one array of float32 beside it. */
import type { Operation, PortableNetwork } from '../../../layers/index.ts';
import type { LatentSpace } from '../../../latent.ts';
import type { Shape } from '../../../tensor.ts';

/** A weight in the array of all weights: `at` is the index of its first number. */
export type Stored = { shape: Shape; at: number };

/** An operation whose weights are in the array of all weights. */
export type StoredNode = Operation<Stored> & { name: string; inputs: readonly string[]; shape: Shape };

export type StoredNetwork = Pick<PortableNetwork, 'inputs' | 'outputs'> & {
  name: string;
  nodes: readonly StoredNode[];
};

export type PageModel = {
  name: string;
  step: number;
  /** Its label, such as "DCGAN". */
  gan: string;
  latent: LatentSpace;
  classes: readonly string[];
  image: { size: number; channels: number };
  uses: readonly { use: string; label: string; networks: readonly string[]; gives: readonly string[] }[];
  networks: readonly StoredNetwork[];
};

/** Numbers and their shape, [rows, ...]; pictures are [rows, height, width, channels] in [-1, 1]. */
export type Rows = { shape: readonly number[]; values: ArrayLike<number> };

/** Networks that are ready to run. */
export type Running = {
  /** WebAssembly, or plain JavaScript where the browser has no SIMD. */
  backend: 'wasm' | 'cpu';
  /**
   * The outputs of the network by name, for any number of rows. Rejects if the network or an input is
   * missing.
   */
  run(
    network: string,
    inputs: Record<string, Rows>,
  ): Promise<Record<string, { shape: number[]; values: Float32Array }>>;
};

/** The global `ganEngine` that the engine's script defines. */
export type Engine = {
  load(given: {
    model: Pick<PageModel, 'networks'>;
    /** Base64, as the page holds them. */
    weights: string;
    wasm: string;
    /** Default: the faster one available. */
    backend?: Running['backend'];
  }): Promise<Running>;
};
