/**
 * Writes the HDF5 files that the weights of a model need: groups, and data sets of float32. The layout
 * follows the HDF5 File Format Specification, version 3.0, of the HDF Group: superblock version 2, object
 * headers version 2, links within their group's header. No time is written, so that the same content gives
 * the same bytes.
 */
import type { Numbers } from '../../layers/index.ts';
import { bytesOf } from '../numbers.ts';

/** A group: the groups and data sets in it, by the names of their links. */
export type Group = { [name: string]: Group | Numbers };

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const SUPERBLOCK_BYTES = 48;
/** HDF5's undefined address. */
const NOWHERE = 0xffff_ffff_ffff_ffffn;
/** Types of messages in an object's header. */
const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fillValue: 0x05,
  link: 0x06,
  layout: 0x08,
  groupInfo: 0x0a,
};

/** The bytes of the file whose root group this is. */
export function hdf5(root: Group): Uint8Array {
  const file = new Parts(SUPERBLOCK_BYTES);
  const rootAddress = addGroup(file, root);
  const superblock = Buffer.concat([
    Buffer.from([...SIGNATURE, 2, 8, 8, 0]),
    ...[0n, NOWHERE, BigInt(file.size), BigInt(rootAddress)].map(long),
  ]);
  return Buffer.concat([withChecksum(superblock), ...file.parts]);
}

/** The parts of the file after the superblock, in order. */
class Parts {
  readonly parts: Uint8Array[] = [];
  size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** Returns the address of these bytes in the file. */
  add(bytes: Uint8Array): number {
    const address = this.size;
    this.parts.push(bytes);
    this.size += bytes.length;
    return address;
  }
}

/** Adds the content of the group, then the group itself, and returns its address. */
function addGroup(file: Parts, group: Group): number {
  const links = Object.entries(group).map(([name, held]) =>
    link(name, isNumbers(held) ? addDataset(file, held) : addGroup(file, held)),
  );
  const linkInfo = Buffer.concat([Buffer.from([0, 0]), long(NOWHERE), long(NOWHERE)]);
  return file.add(
    objectHeader([
      { type: MESSAGE.linkInfo, data: linkInfo },
      { type: MESSAGE.groupInfo, data: Buffer.from([0, 0]) },
      ...links.map((data) => ({ type: MESSAGE.link, data })),
    ]),
  );
}

const isNumbers = (held: Group | Numbers): held is Numbers => held['values'] instanceof Float32Array;

/** A hard link, with its name in UTF-8. */
function link(name: string, address: number): Buffer {
  const text = Buffer.from(name);
  return Buffer.concat([Buffer.from([1, 0x11, 1]), short(text.length), text, long(BigInt(address))]);
}

function addDataset(file: Parts, numbers: Numbers): number {
  const data = bytesOf(numbers);
  const address = file.add(data);
  const { shape } = numbers;
  const dataspace = [
    Buffer.from([2, shape.length, 0, shape.length === 0 ? 0 : 1]),
    ...shape.map(BigInt).map(long),
  ];
  return file.add(
    objectHeader([
      { type: MESSAGE.dataspace, data: Buffer.concat(dataspace) },
      { type: MESSAGE.datatype, data: FLOAT32 },
      // No fill value of its own, and none is written: every number is stored.
      { type: MESSAGE.fillValue, data: Buffer.from([3, 0x0a]) },
      {
        type: MESSAGE.layout,
        data: Buffer.concat([Buffer.from([3, 1]), long(BigInt(address)), long(BigInt(data.length))]),
      },
    ]),
  );
}

/**
 * IEEE 754, 32 bits, little-endian: sign at 31, exponent of 8 bits at 23 with bias 127, mantissa of 23 bits
 * at 0.
 */
const FLOAT32 = Buffer.from([0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]);

function objectHeader(messages: { type: number; data: Buffer }[]): Buffer {
  const body = messages.map(({ type, data }) =>
    Buffer.concat([Buffer.from([type]), short(data.length), Buffer.from([0]), data]),
  );
  const size = body.reduce((sum, { length }) => sum + length, 0);
  // Flags 2: four bytes for the size that follows.
  return withChecksum(Buffer.concat([Buffer.from('OHDR'), Buffer.from([2, 2]), word(size), ...body]));
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

const withChecksum = (bytes: Buffer): Buffer => Buffer.concat([bytes, word(checksum(bytes))]);

const turned = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** The checksum of HDF5's metadata: Bob Jenkins's lookup3 (2006). */
function checksum(bytes: Buffer): number {
  const padded = Buffer.concat([bytes, Buffer.alloc(12)]);
  let a = (0xdead_beef + bytes.length) | 0;
  let [b, c] = [a, a];
  let at = 0;
  const take = () => {
    a = (a + padded.readInt32LE(at)) | 0;
    b = (b + padded.readInt32LE(at + 4)) | 0;
    c = (c + padded.readInt32LE(at + 8)) | 0;
  };
  for (; bytes.length - at > 12; at += 12) {
    take();
    a = ((a - c) ^ turned(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turned(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turned(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ turned(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turned(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turned(b, 4)) | 0;
    b = (b + a) | 0;
  }
  take();
  c = ((c ^ b) - turned(b, 14)) | 0;
  a = ((a ^ c) - turned(c, 11)) | 0;
  b = ((b ^ a) - turned(a, 25)) | 0;
  c = ((c ^ b) - turned(b, 16)) | 0;
  a = ((a ^ c) - turned(c, 4)) | 0;
  b = ((b ^ a) - turned(a, 14)) | 0;
  c = ((c ^ b) - turned(b, 24)) | 0;
  return c >>> 0;
}
