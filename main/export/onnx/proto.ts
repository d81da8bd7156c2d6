/** The part of ONNX's file format that a finished network needs: types of plain data, and their encoding. */
import protobuf from 'protobufjs/light.js';
import type { Numbers } from '../../layers/index.ts';
import { bytesOf } from '../numbers.ts';

/** An integer, a float, a string, or several integers. */
export type OnnxAttribute =
  { int: number } | { float: number } | { text: string } | { ints: readonly number[] };

export type OnnxNode = {
  name: string;
  type: string;
  inputs: readonly string[];
  outputs: readonly [string];
  attributes: Readonly<Record<string, OnnxAttribute>>;
};

/** A constant: float32 numbers, or a row of int64, which ONNX requires for shapes. */
export type OnnxConstant = Numbers | { ints: readonly number[] };

/** An input or an output; a string in its shape names an axis of any size. */
export type OnnxValue = { name: string; shape: readonly (number | string)[] };

export type OnnxModel = {
  name: string;
  nodes: readonly OnnxNode[];
  constants: Readonly<Record<string, OnnxConstant>>;
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  /** Texts about the model, which any program can read. */
  metadata: Readonly<Record<string, string>>;
};

/** Both are those of ONNX 1.12 (June 2022), which ONNX Runtime reads since version 1.12. */
const OPSET = 17;
const IR_VERSION = 8;
const FLOAT = 1;
const INT64 = 7;

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });

/** Field numbers from onnx.proto. */
const types = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producer: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsets: repeated('Opset', 8),
        metadata: repeated('Entry', 14),
      },
    },
    Opset: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Entry: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Graph: {
      fields: {
        nodes: repeated('Node', 1),
        name: { type: 'string', id: 2 },
        constants: repeated('Tensor', 5),
        inputs: repeated('Value', 11),
        outputs: repeated('Value', 12),
      },
    },
    Node: {
      fields: {
        inputs: repeated('string', 1),
        outputs: repeated('string', 2),
        name: { type: 'string', id: 3 },
        type: { type: 'string', id: 4 },
        attributes: repeated('Attribute', 5),
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        float: { type: 'float', id: 2 },
        int: { type: 'int64', id: 3 },
        text: { type: 'bytes', id: 4 },
        ints: repeated('int64', 8),
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        shape: repeated('int64', 1),
        type: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        bytes: { type: 'bytes', id: 9 },
      },
    },
    Value: { fields: { name: { type: 'string', id: 1 }, type: { type: 'Type', id: 2 } } },
    Type: { fields: { tensor: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { element: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Shape: { fields: { sizes: repeated('Size', 1) } },
    Size: { fields: { size: { type: 'int64', id: 1 }, name: { type: 'string', id: 2 } } },
  },
});

/** The bytes of an .onnx file. */
export function encodeModel({ name, nodes, constants, inputs, outputs, metadata }: OnnxModel): Uint8Array {
  const type = types.lookupType('Model');
  return type
    .encode(
      type.create({
        irVersion: IR_VERSION,
        producer: 'GAN Studio',
        opsets: [{ domain: '', version: OPSET }],
        graph: {
          name,
          nodes: nodes.map(encodeNode),
          constants: Object.entries(constants).map(encodeConstant),
          inputs: inputs.map(encodeValue),
          outputs: outputs.map(encodeValue),
        },
        metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      }),
    )
    .finish();
}

function encodeNode({ attributes, ...node }: OnnxNode) {
  return {
    ...node,
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, ...encodeAttribute(value) })),
  };
}

/** `type` is ONNX's number for the type of the attribute. */
function encodeAttribute(value: OnnxAttribute) {
  if ('float' in value) return { float: value.float, type: 1 };
  if ('int' in value) return { int: value.int, type: 2 };
  if ('text' in value) return { text: Buffer.from(value.text), type: 3 };
  return { ints: value.ints, type: 7 };
}

function encodeConstant([name, constant]: [string, OnnxConstant]) {
  if ('ints' in constant) {
    const { buffer } = BigInt64Array.from(constant.ints, BigInt);
    return { name, type: INT64, shape: [constant.ints.length], bytes: new Uint8Array(buffer) };
  }
  return { name, type: FLOAT, shape: constant.shape, bytes: bytesOf(constant) };
}

function encodeValue({ name, shape }: OnnxValue) {
  const sizes = shape.map((size) => (typeof size === 'string' ? { name: size } : { size }));
  return { name, type: { tensor: { element: FLOAT, shape: { sizes } } } };
}
