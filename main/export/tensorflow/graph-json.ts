/**
 * Writes a frozen graph as the JSON of a TensorFlow.js graph model, with the constants in a file of their
 * own.
 */
import { PRODUCER, type Endpoint, type GraphNode, type NodeAttribute } from '../../graph/index.ts';
import { backend, type Shape } from '../../tensor.ts';
import type { FrozenGraph } from './graph.ts';

type Specification = { name: string; shape: Shape; dtype: 'float32' | 'int32' };

/**
 * The content of model.json as TensorFlow.js's converter writes it, and the bytes of the weights, for the
 * file `weightsFile` beside it.
 */
export function graphModel(
  { nodes, signature }: FrozenGraph,
  weightsFile: string,
): { model: Record<string, unknown>; weights: Uint8Array } {
  const constants = nodes.flatMap(constantOf);
  const ends = (all: Record<string, Endpoint>) =>
    Object.fromEntries(Object.entries(all).map(([name, end]) => [name, endpointJson(end)]));
  const outputs = Object.keys(signature.outputs);
  return {
    model: {
      format: 'graph-model',
      generatedBy: 'GAN Studio',
      convertedBy: null,
      signature: { inputs: ends(signature.inputs), outputs: ends(signature.outputs) },
      // With this, `predict` returns several outputs by name.
      ...(outputs.length > 1 && { userDefinedMetadata: { structuredOutputKeys: outputs } }),
      modelTopology: { node: nodes.map(nodeJson), library: {}, versions: { producer: PRODUCER } },
      weightsManifest: [
        { paths: [weightsFile], weights: constants.map(({ specification }) => specification) },
      ],
    },
    weights: Buffer.concat(constants.map(({ bytes }) => bytes)),
  };
}

function constantOf({ name, attributes }: GraphNode): { specification: Specification; bytes: Uint8Array }[] {
  return attributes.flatMap((one) => {
    if (!('constant' in one)) return [];
    const { shape, values, dtype } = one.constant;
    const isFloat = dtype === backend().binding.TF_FLOAT;
    return [
      {
        specification: { name, shape, dtype: isFloat ? ('float32' as const) : ('int32' as const) },
        bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      },
    ];
  });
}

function nodeJson({ name, operation, inputs, attributes }: GraphNode) {
  return {
    name,
    op: operation,
    ...(inputs.length > 0 && { input: inputs }),
    attr: Object.fromEntries(attributes.map((one) => [one.name, attributeJson(one)])),
  };
}

function attributeJson(given: NodeAttribute): unknown {
  if ('constant' in given) {
    const { dtype, shape } = given.constant;
    return { tensor: { dtype: typeName(dtype), tensorShape: shapeJson(shape) } };
  }
  const { type, value } = given;
  const { TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_INT, TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_TYPE } =
    backend().binding;
  switch (type) {
    case TF_ATTR_TYPE:
      return { type: typeName(value as number) };
    case TF_ATTR_STRING:
      return { s: Buffer.from(value as string).toString('base64') };
    case TF_ATTR_INT:
      return Array.isArray(value) ? { list: { i: value.map(String) } } : { i: String(value) };
    case TF_ATTR_FLOAT:
      return { f: value };
    case TF_ATTR_BOOL:
      return { b: value };
    case TF_ATTR_SHAPE:
      return { shape: shapeJson(value as Shape) };
    default:
      throw new Error(
        `An operation’s attribute "${given.name}" is of a kind (${type}) that cannot be written as JSON.`,
      );
  }
}

const endpointJson = ({ tensor, dtype, shape }: Endpoint) => ({
  name: tensor,
  dtype: typeName(dtype),
  tensorShape: shapeJson(shape),
});

const shapeJson = (shape: Shape) => ({ dim: shape.map((size) => ({ size: String(size) })) });

/** The name of TensorFlow's number for a type, such as DT_FLOAT. */
function typeName(dtype: number): string {
  const { TF_FLOAT, TF_INT32, TF_BOOL } = backend().binding;
  const name = new Map([
    [TF_FLOAT, 'DT_FLOAT'],
    [TF_INT32, 'DT_INT32'],
    [TF_BOOL, 'DT_BOOL'],
  ]).get(dtype);
  if (name === undefined) throw new Error(`A graph cannot hold numbers of TensorFlow’s type ${dtype}.`);
  return name;
}
