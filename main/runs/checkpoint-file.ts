/**
 * The checkpoint format: safetensors (an 8-byte header length, a JSON header, the tensors), which Python
 * reads too. Its metadata holds the format's version, the rest of the checkpoint, and a SHA-256 over
 * everything else.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StudioError, type Precision } from '../contract/index.ts';
import { entriesOf, headerOf, joinSafetensors, layOut, LENGTH_BYTES, type Values } from '../safetensors.ts';

export type { Values } from '../safetensors.ts';

const FORMAT = 'gan-studio-checkpoint';
const VERSION = '1';

/**
 * What a run needs to go on besides its config and its pictures. Random numbers, data order and mirroring
 * follow from the step and the config's seed.
 */
export type Checkpoint = {
  step: number;
  tensors: Record<string, Values>;
  /** Every learning rate is the config's times this, in (0, 1]; a refused step halves it. */
  learningRateFactor: number;
  /** Steps refused so far. */
  refusals: number;
  /** See `configHash`. */
  configHash: string;
  /** What the run computes in; float32 if missing. */
  precision?: Precision | undefined;
};

const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
// Safetensors requires metadata to be text.
const metadataSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  step: z.string().regex(/^\d+$/),
  learningRateFactor: z.string(),
  refusals: z.string().regex(/^\d+$/),
  configHash: z.string(),
  precision: z.enum(['float32', 'bfloat16']).optional(),
});
const headerSchema = z
  .object({ __metadata__: metadataSchema.extend({ sha256: z.string() }) })
  .catchall(entrySchema);
type Metadata = z.infer<typeof metadataSchema>;
type Entries = Record<string, z.infer<typeof entrySchema>>;

/** The bytes of a checkpoint file. */
export function encodeCheckpoint({ tensors, ...rest }: Checkpoint): Buffer {
  const { entries, parts } = layOut(tensors);
  const metadata = metadataOf(rest);
  return joinSafetensors({
    metadata: { ...metadata, sha256: checksum(metadata, entries, parts) },
    entries,
    parts,
  });
}

/** How many bytes `encodeCheckpoint` makes of tensors of these shapes. */
export function checkpointBytes({
  tensors,
  ...rest
}: Omit<Checkpoint, 'tensors'> & { tensors: readonly { name: string; shape: readonly number[] }[] }): number {
  const entries = entriesOf(tensors);
  const metadata = { ...metadataOf(rest), sha256: checksum(metadataOf(rest), entries, []) };
  const ends = Object.values(entries).map(({ data_offsets: [, end] }) => end);
  return headerOf({ metadata, entries }).length + Math.max(0, ...ends);
}

function metadataOf({
  step,
  learningRateFactor,
  refusals,
  configHash,
  precision,
}: Omit<Checkpoint, 'tensors'>): Record<string, string> {
  return {
    format: FORMAT,
    version: VERSION,
    step: String(step),
    learningRateFactor: String(learningRateFactor),
    refusals: String(refusals),
    configHash,
    ...(precision && { precision }),
  };
}

/** The checkpoint in these bytes. Throws StudioError `checkpoint-damaged` unless every bit is as written. */
export function decodeCheckpoint(bytes: Buffer, file: string): Checkpoint {
  try {
    const { metadata, sha256, entries, data } = split(bytes);
    if (checksum(metadata, entries, [data]) !== sha256) throw new Error('its checksum does not match');
    const tensors = Object.entries(entries).map(([name, entry]): [string, Values] => [
      name,
      decodeTensor(entry, data),
    ]);
    return {
      step: Number(metadata.step),
      tensors: Object.fromEntries(tensors),
      learningRateFactor: Number(metadata.learningRateFactor),
      refusals: Number(metadata.refusals),
      configHash: metadata.configHash,
      ...(metadata.precision && { precision: metadata.precision }),
    };
  } catch (error) {
    const facts =
      error instanceof z.ZodError || error instanceof SyntaxError
        ? 'its header has changed since it was written'
        : (error as Error).message;
    throw new StudioError({
      code: 'checkpoint-damaged',
      message: `The checkpoint ${file} is damaged: ${facts}.`,
      remedy: 'Use an earlier checkpoint of the run.',
    });
  }
}

function split(bytes: Buffer): { metadata: Metadata; sha256: string; entries: Entries; data: Buffer } {
  if (bytes.length < LENGTH_BYTES) throw new Error('it ends before its header');
  const start = LENGTH_BYTES + Number(bytes.readBigUInt64LE(0));
  if (start > bytes.length) throw new Error('it ends within its header');
  const { __metadata__, ...entries } = headerSchema.parse(
    JSON.parse(bytes.toString('utf8', LENGTH_BYTES, start)),
  );
  const { sha256, ...metadata } = __metadata__;
  return { metadata, sha256, entries, data: bytes.subarray(start) };
}

function decodeTensor({ shape, data_offsets: [start, end] }: Entries[string], data: Buffer): Values {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (end - start !== count * 4 || end > data.length)
    throw new Error('a tensor has another size than its shape');
  // A copy, since the tensor may start at any byte and Float32Array needs a multiple of four.
  const copy = new Uint8Array(data.subarray(start, end));
  return { shape, values: new Float32Array(copy.buffer) };
}

function checksum(
  metadata: Partial<Metadata> | Record<string, string>,
  entries: Entries,
  data: Buffer[],
): string {
  const hash = createHash('sha256').update(JSON.stringify([metadata, entries]));
  for (const part of data) hash.update(part);
  return hash.digest('hex');
}
