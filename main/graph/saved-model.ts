/**
 * Writes a graph as TensorFlow loads it: a minimal SavedModel file, with one MetaGraph tagged `serve` and, if
 * other programs are to call it, a signature.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import protobuf from 'protobufjs/light.js';
import { StudioError, systemCause } from '../contract/index.ts';
import { backend, type Attribute, type Shape, type TypedValues } from '../tensor.ts';

/** Numbers as the graph holds them; `dtype` is TensorFlow's number of the type. */
export type Constant = { dtype: number; shape: Shape; values: TypedValues };

/** An attribute as tfjs-node's binding wants it, or one with a constant in it. */
export type NodeAttribute = Attribute | { name: string; constant: Constant };

/**
 * One operation of a graph. Inputs are `name`, `name:output`, or `^name` for a node that only has to run
 * before this one.
 */
export type GraphNode = { name: string; operation: string; inputs: string[]; attributes: NodeAttribute[] };

/**
 * A tensor of the graph that a program feeds or fetches: `name:output`, and its shape, -1 where any size will
 * do.
 */
export type Endpoint = { tensor: string; dtype: number; shape: Shape };

/** What a program that loads the graph feeds and fetches, by the names that it uses. */
export type Signature = { inputs: Record<string, Endpoint>; outputs: Record<string, Endpoint> };

const TAG = 'serve';
/** The names that TensorFlow's own exporters write for the signature that a server calls. */
const SERVED = { signature: 'serving_default', method: 'tensorflow/serving/predict' };
/** The version of the graph format that is written; any libtensorflow since 2.3 reads it. */
export const PRODUCER = 440;

/**
 * Field numbers from TensorFlow's saved_model.proto, meta_graph.proto, graph.proto, node_def.proto,
 * attr_value.proto and tensor.proto.
 */
const types = protobuf.Root.fromJSON({
  nested: {
    SavedModel: {
      fields: {
        version: { type: 'int64', id: 1 },
        metaGraphs: { rule: 'repeated', type: 'MetaGraph', id: 2 },
      },
    },
    MetaGraph: {
      fields: {
        info: { type: 'MetaInfo', id: 1 },
        graph: { type: 'Graph', id: 2 },
        signatures: { rule: 'repeated', type: 'NamedSignature', id: 5 },
      },
    },
    NamedSignature: { fields: { key: { type: 'string', id: 1 }, value: { type: 'Signature', id: 2 } } },
    Signature: {
      fields: {
        inputs: { rule: 'repeated', type: 'NamedEndpoint', id: 1 },
        outputs: { rule: 'repeated', type: 'NamedEndpoint', id: 2 },
        method: { type: 'string', id: 3 },
      },
    },
    NamedEndpoint: { fields: { key: { type: 'string', id: 1 }, value: { type: 'Endpoint', id: 2 } } },
    Endpoint: {
      fields: {
        tensor: { type: 'string', id: 1 },
        dtype: { type: 'int32', id: 2 },
        shape: { type: 'Shape', id: 3 },
      },
    },
    MetaInfo: { fields: { tags: { rule: 'repeated', type: 'string', id: 4 } } },
    Graph: {
      fields: { nodes: { rule: 'repeated', type: 'Node', id: 1 }, versions: { type: 'Versions', id: 4 } },
    },
    Versions: { fields: { producer: { type: 'int32', id: 1 } } },
    Node: {
      fields: {
        name: { type: 'string', id: 1 },
        operation: { type: 'string', id: 2 },
        inputs: { rule: 'repeated', type: 'string', id: 3 },
        attributes: { rule: 'repeated', type: 'NamedAttribute', id: 5 },
      },
    },
    NamedAttribute: { fields: { key: { type: 'string', id: 1 }, value: { type: 'Attribute', id: 2 } } },
    Attribute: {
      oneofs: { value: { oneof: ['list', 'text', 'int', 'float', 'boolean', 'dtype', 'shape', 'tensor'] } },
      fields: {
        list: { type: 'List', id: 1 },
        text: { type: 'string', id: 2 },
        int: { type: 'int64', id: 3 },
        float: { type: 'float', id: 4 },
        boolean: { type: 'bool', id: 5 },
        dtype: { type: 'int32', id: 6 },
        shape: { type: 'Shape', id: 7 },
        tensor: { type: 'Tensor', id: 8 },
      },
    },
    List: {
      fields: {
        ints: { rule: 'repeated', type: 'int64', id: 3 },
        floats: { rule: 'repeated', type: 'float', id: 4 },
        booleans: { rule: 'repeated', type: 'bool', id: 5 },
      },
    },
    Shape: { fields: { dimensions: { rule: 'repeated', type: 'Dimension', id: 2 } } },
    Dimension: { fields: { size: { type: 'int64', id: 1 } } },
    Tensor: {
      fields: {
        dtype: { type: 'int32', id: 1 },
        shape: { type: 'Shape', id: 2 },
        content: { type: 'bytes', id: 4 },
        // One number here stands for as many equal ones as the shape holds.
        float: { rule: 'repeated', type: 'float', id: 5 },
        int: { rule: 'repeated', type: 'int32', id: 7 },
        bool: { rule: 'repeated', type: 'bool', id: 11 },
      },
    },
  },
});

/**
 * Writes the graph to a temporary folder, loads it into a TensorFlow session, and returns the session's
 * number. Throws StudioError `not-written`.
 */
export function loadGraph(nodes: GraphNode[]): number {
  const folder = temporaryFolder();
  try {
    fs.writeFileSync(path.join(folder, 'saved_model.pb'), encodeSavedModel(nodes));
    return backend().binding.loadSavedModel(folder, TAG);
  } catch (error) {
    throw explained(error, folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The bytes of saved_model.pb; the signature is `serving_default`. */
export function encodeSavedModel(nodes: GraphNode[], signature?: Signature): Uint8Array {
  const type = types.lookupType('SavedModel');
  return type
    .encode(
      type.create({
        version: 1,
        metaGraphs: [
          {
            info: { tags: [TAG] },
            graph: { nodes: nodes.map(encodeNode), versions: { producer: PRODUCER } },
            signatures: signature && [{ key: SERVED.signature, value: encodeSignature(signature) }],
          },
        ],
      }),
    )
    .finish();
}

function encodeSignature({ inputs, outputs }: Signature) {
  const encode = (ends: Record<string, Endpoint>) =>
    Object.entries(ends).map(([key, { shape, ...end }]) => ({
      key,
      value: { ...end, shape: encodeShape(shape) },
    }));
  return { inputs: encode(inputs), outputs: encode(outputs), method: SERVED.method };
}

function encodeNode({ name, operation, inputs, attributes }: GraphNode) {
  return {
    name,
    operation,
    inputs,
    attributes: attributes.map((entry) => ({ key: entry.name, value: encodeAttribute(entry) })),
  };
}

function encodeAttribute(attribute: NodeAttribute): Record<string, unknown> {
  if ('constant' in attribute) {
    const { dtype, shape, values } = attribute.constant;
    return { tensor: { dtype, shape: encodeShape(shape), ...encodeValues(values) } };
  }
  const { type, value } = attribute;
  const { TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_INT, TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_TYPE } =
    backend().binding;
  switch (type) {
    case TF_ATTR_TYPE:
      return { dtype: value };
    case TF_ATTR_STRING:
      return { text: value };
    case TF_ATTR_INT:
      return Array.isArray(value) ? { list: { ints: value as number[] } } : { int: value };
    case TF_ATTR_FLOAT:
      return Array.isArray(value) ? { list: { floats: value as number[] } } : { float: value };
    case TF_ATTR_BOOL:
      return Array.isArray(value) ? { list: { booleans: value as boolean[] } } : { boolean: value };
    case TF_ATTR_SHAPE:
      return { shape: encodeShape(value as Shape) };
    default:
      throw new Error(
        `An operation’s attribute "${attribute.name}" is of a kind (${type}) that the graph writer does not support.`,
      );
  }
}

function encodeShape(shape: Shape) {
  return { dimensions: shape.map((size) => ({ size })) };
}

function encodeValues(values: TypedValues): Record<string, unknown> {
  const [first] = values;
  if (first === undefined || values.some((value) => !Object.is(value, first))) {
    return { content: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
  }
  if (values instanceof Float32Array) return { float: [first] };
  return values instanceof Int32Array ? { int: [first] } : { bool: [first !== 0] };
}

function temporaryFolder(): string {
  try {
    return fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-graph-'));
  } catch (error) {
    throw explained(error, os.tmpdir());
  }
}

function explained(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new StudioError({
    code: 'not-written',
    message: `The training step cannot be handed to TensorFlow, since ${folder} cannot be written: ${systemCause(error)}.`,
    remedy: 'Free some space in the folder for temporary files, or set TMPDIR to another one.',
  });
}
