/** Run folders whose newest checkpoint is spoilt. */
import fs from 'node:fs';
import path from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import { deep, newest, type HostileKind } from './test-hostile-kind.ts';

/** A file of a length and a header, which need not agree. */
function safetensors(length: bigint, header: unknown): Buffer {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length, 0);
  return Buffer.concat([start, Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))]);
}
const tensor = (changes: object) => {
  const text = JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes } });
  return safetensors(BigInt(text.length), text);
};
const changed = (change: (checkpoint: Checkpoint) => Partial<Checkpoint>) => (bytes: Buffer) => {
  const checkpoint = decodeCheckpoint(bytes, 'x');
  return encodeCheckpoint({ ...checkpoint, ...change(checkpoint) });
};
const filledWith = (value: number) =>
  changed(({ tensors }) => ({
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, values }]) => [
        name,
        { shape, values: new Float32Array(values.length).fill(value) },
      ]),
    ),
  }));

/** Makes spoilt bytes from those of the newest checkpoint. */
const CHECKPOINTS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'a header beyond its end': () => safetensors(1000n, '{}'),
  'a header of 2^63 bytes': () => safetensors(2n ** 63n, '{}'),
  'a header of deep nesting': () => safetensors(1_000_000n, deep(500_000)),
  'a huge shape': () => tensor({ shape: [2 ** 40, 2 ** 40] }),
  'a negative shape': () => tensor({ shape: [-2] }),
  'another dtype': () => tensor({ dtype: 'I64' }),
  'offsets beyond its end': () => tensor({ data_offsets: [0, 2 ** 50] }),
  'offsets back to front': () => tensor({ data_offsets: [8, 0] }),
  'a flipped bit': (bytes) => {
    const spoilt = Buffer.from(bytes);
    spoilt[spoilt.length - 1]! ^= 1;
    return spoilt;
  },
  'NaN weights': filledWith(NaN),
  'infinite weights': filledWith(Infinity),
  'no tensors': changed(() => ({ tensors: {} })),
  'tensors of other shapes': changed(({ tensors }) => ({
    tensors: Object.fromEntries(
      Object.keys(tensors).map((name) => [name, { shape: [1], values: Float32Array.of(1) }]),
    ),
  })),
  'names of prototypes': changed(({ tensors }) => ({
    tensors: { ...tensors, constructor: { shape: [1], values: Float32Array.of(1) } },
  })),
  'a step of 1e15': changed(() => ({ step: 1e15 })),
  'another step than its name': changed(({ step }) => ({ step: step + 100 })),
  'a learning rate of NaN': changed(() => ({ learningRateFactor: NaN })),
  'a negative learning rate': changed(() => ({ learningRateFactor: -1e9 })),
  'the hash of other settings': changed(() => ({ configHash: 'x' })),
};

/** The newest checkpoint, spoilt. */
export const checkpointKinds = (): HostileKind[] =>
  Object.entries(CHECKPOINTS).map(([name, spoil]) => ({
    name: `a checkpoint with ${name}`,
    spoil: ({ folder }) => {
      const file = path.join(folder, newest(folder, 'checkpoints', '.safetensors'));
      fs.writeFileSync(file, spoil(fs.readFileSync(file)));
    },
  }));
