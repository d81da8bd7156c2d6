/** What the page holds of a model: JSON, and its numbers behind one another as float32. */
import type { Operation, PortableNetwork } from '../../../layers/index.ts';
import type { LatentSpace } from '../../../latent.ts';
import type { Shape } from '../../../tensor.ts';

/** Where the numbers of a weight begin among all. */
export type Stored = { shape: Shape; at: number };

/** An operation whose weights are elsewhere. */
export type StoredNode = Operation<Stored> & { name: string; inputs: readonly string[]; shape: Shape };

export type StoredNetwork = Pick<PortableNetwork, 'inputs' | 'outputs'> & {
  name: string;
  nodes: readonly StoredNode[];
};

export type PageModel = {
  name: string;
  step: number;
  /** As a person knows it, such as "DCGAN". */
  gan: string;
  latent: LatentSpace;
  classes: readonly string[];
  image: { size: number; channels: number };
  uses: readonly { use: string; label: string; networks: readonly string[]; gives: readonly string[] }[];
  networks: readonly StoredNetwork[];
};

/** Numbers with their shape, [rows, ...]; pictures are [rows, height, width, channels] in [-1, 1]. */
export type Rows = { shape: readonly number[]; values: ArrayLike<number> };

/** Networks that run. */
export type Running = {
  /** WebAssembly, or plain JavaScript where the browser has no SIMD. */
  backend: 'wasm' | 'cpu';
  /** What the network answers, by name of its outputs, for as many rows as it is given. */
  run(
    network: string,
    inputs: Record<string, Rows>,
  ): Promise<Record<string, { shape: number[]; values: Float32Array }>>;
};

/** What the engine's script leaves in the page, by the name `ganEngine`. */
export type Engine = {
  load(given: {
    model: Pick<PageModel, 'networks'>;
    /** Base64, as the page holds them. */
    weights: string;
    wasm: string;
    /** Left out: the faster that there is. */
    backend?: Running['backend'];
  }): Promise<Running>;
};
