/** Writes zip archives for tests, valid and invalid ones. */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
  name: string | Buffer;
  bytes?: Uint8Array | string;
  method?: 'stored' | 'deflated';
  /** False values for the archive's headers. */
  says?: { method?: number; size?: number; stored?: number; flags?: number };
};

const METHODS = { stored: 0, deflated: 8 } as const;
const UTF8_NAMES = 0x800;
export const ENCRYPTED = 0x1;

/** An archive of these entries; a name that ends in '/' is a folder. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const { body, fields } = packed(entry, name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), fields, name, body]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0\x14\0', 'latin1'), fields, where, name]));
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

/**
 * The fields that both headers of an entry share, from its flags to the length of its name, and its stored
 * bytes.
 */
function packed({ bytes = '', method = 'stored', says = {} }: ZipEntry, name: Buffer) {
  const plain = Buffer.from(bytes as string);
  const body = method === 'deflated' ? deflateRawSync(plain) : plain;
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(says.flags ?? UTF8_NAMES, 0);
  fields.writeUInt16LE(says.method ?? METHODS[method], 2);
  fields.writeUInt32LE(crc32(plain), 8);
  fields.writeUInt32LE(says.stored ?? body.length, 12);
  fields.writeUInt32LE(says.size ?? plain.length, 16);
  fields.writeUInt16LE(name.length, 20);
  return { body, fields };
}
