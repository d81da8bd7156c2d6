/** Adds the operations of one layer to a TensorFlow graph. */
import type { GraphNode } from '../../graph/index.ts';
import type { Numbers } from '../../layers/index.ts';
import { attribute, backend, type Attribute } from '../../tensor.ts';

/** A graph that is being written. */
export type Draft = { nodes: GraphNode[]; names: Set<string> };

/** A name close to the wanted one that TensorFlow accepts and no other node of the graph has. */
export function freeName({ names }: Draft, wanted: string): string {
  const plain = wanted.replace(/[^A-Za-z0-9_./-]/g, '_').replace(/^[^A-Za-z0-9.]/, '.$&');
  let name = plain;
  for (let count = 1; names.has(name); count++) name = `${plain}_${count}`;
  names.add(name);
  return name;
}

/**
 * Adds nodes named after the layer, such as `layers/start/MatMul`; each method returns the name of its node.
 */
export class LayerNodes {
  readonly #draft: Draft;
  readonly #layer: string;

  constructor(draft: Draft, layer: string) {
    this.#draft = draft;
    this.#layer = layer;
  }

  /** An operation on float32 numbers. */
  apply(operation: string, inputs: string[], attributes: Attribute[] = []): string {
    return this.#add(operation, { operation, inputs, attributes: [...attributes, attribute.floatType('T')] });
  }

  /** The mean over these axes, which are kept with size 1. */
  mean(x: string, axes: number[]): string {
    const inputs = [x, this.integers('axes', axes)];
    return this.apply('Mean', inputs, [attribute.intType('Tidx'), attribute.boolean('keep_dims', true)]);
  }

  /** Another shape, given without the batch; the number of rows stays. */
  reshape(x: string, shape: readonly number[]): string {
    const inputs = [x, this.integers('shape', [-1, ...shape])];
    return this.apply('Reshape', inputs, [attribute.intType('Tshape')]);
  }

  /** The number of rows of a tensor, as an int32 scalar. */
  rows(x: string): string {
    const type = attribute.intType('out_type');
    const shape = this.#add('Shape', {
      operation: 'Shape',
      inputs: [x],
      attributes: [attribute.floatType('T'), type],
    });
    const [from, to, step] = [[0], [1], [1]].map((values, index) =>
      this.integers(['from', 'to', 'step'][index] ?? '', values),
    ) as [string, string, string];
    const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask'];
    return this.#add('StridedSlice', {
      operation: 'StridedSlice',
      inputs: [shape, from, to, step],
      attributes: [
        attribute.intType('T'),
        attribute.intType('Index'),
        ...masks.map((name) => attribute.int(name, 0)),
        attribute.int('shrink_axis_mask', 1),
      ],
    });
  }

  /** Packs int32 scalars into a vector. */
  pack(scalars: string[]): string {
    const attributes = [attribute.intType('T'), attribute.int('N', scalars.length), attribute.int('axis', 0)];
    return this.#add('Pack', { operation: 'Pack', inputs: scalars, attributes });
  }

  /** A float32 constant. */
  numbers(name: string, { shape, values }: Numbers): string {
    return this.#constant(name, { dtype: backend().binding.TF_FLOAT, shape, values });
  }

  /** A float32 scalar constant. */
  number(name: string, value: number): string {
    return this.numbers(name, { shape: [], values: Float32Array.of(value) });
  }

  /** An int32 constant: a vector or a scalar. */
  integers(name: string, given: number[] | number): string {
    const shape = Array.isArray(given) ? [given.length] : [];
    const values = Int32Array.from([given].flat());
    return this.#constant(name, { dtype: backend().binding.TF_INT32, shape, values });
  }

  #constant(name: string, constant: { dtype: number; shape: number[]; values: Float32Array | Int32Array }) {
    const attributes = [attribute.type('dtype', constant.dtype), { name: 'value', constant }];
    return this.#add(name, { operation: 'Const', inputs: [], attributes });
  }

  #add(suffix: string, node: Omit<GraphNode, 'name'>): string {
    const name = freeName(this.#draft, `layers/${this.#layer}/${suffix}`);
    this.#draft.nodes.push({ name, ...node });
    return name;
  }
}
