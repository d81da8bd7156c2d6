/**
 * Writes the safetensors format with float32 numbers: an 8-byte header length, a JSON header, the tensors.
 */

/** Numbers with their shape, outside of TensorFlow. */
export type Values = { shape: number[]; values: Float32Array };

/** A tensor's entry in the header; the offsets are of its first byte and after its last, within the data. */
export type SafetensorsEntry = { dtype: 'F32'; shape: number[]; data_offsets: [number, number] };
export type SafetensorsEntries = Record<string, SafetensorsEntry>;

/** Bytes of the header's length, which comes before the header. */
export const LENGTH_BYTES = 8;

/** Headers end at a multiple of this, so that the numbers after them are aligned. */
const ALIGNMENT = 8;

/** Lays tensors out one after the other: the header's entries, and the bytes that they point to. */
export function layOut(tensors: Readonly<Record<string, Values>>): {
  entries: SafetensorsEntries;
  parts: Buffer[];
} {
  const parts = Object.values(tensors).map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  return { entries: entriesOf(Object.entries(tensors).map(([name, { shape }]) => ({ name, shape }))), parts };
}

/** The header's entries of tensors that lie one after the other. */
export function entriesOf(
  tensors: readonly { name: string; shape: readonly number[] }[],
): SafetensorsEntries {
  let offset = 0;
  const entries = tensors.map(({ name, shape }): [string, SafetensorsEntry] => {
    const start = offset;
    offset += shape.reduce((product, length) => product * length, Float32Array.BYTES_PER_ELEMENT);
    return [name, { dtype: 'F32', shape: [...shape], data_offsets: [start, offset] }];
  });
  return Object.fromEntries(entries);
}

/** The bytes of a file; `metadata` is text by name, as the format wants it. */
export function joinSafetensors({
  metadata,
  entries,
  parts,
}: ReturnType<typeof layOut> & { metadata: Readonly<Record<string, string>> }): Buffer {
  return Buffer.concat([headerOf({ metadata, entries }), ...parts]);
}

/** The bytes before the tensors: the length of the JSON header, and that header. */
export function headerOf({
  metadata,
  entries,
}: {
  metadata: Readonly<Record<string, string>>;
  entries: SafetensorsEntries;
}): Buffer {
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...entries }));
  const header = Buffer.alloc(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT, ' ');
  text.copy(header);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header]);
}

/** The bytes of a file that holds these tensors. */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Values>>,
  metadata: Readonly<Record<string, string>>,
): Buffer {
  return joinSafetensors({ ...layOut(tensors), metadata });
}
