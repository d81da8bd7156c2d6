// @ts-check
/**
 * Packs a few small files into an asar archive, the only format in which Electron accepts its default app.
 */

/**
 * An asar file is a length-prefixed JSON header, then the files one after another.
 * @param {Record<string, string>} files name -> text
 * @returns {Buffer}
 */
export function packArchive(files) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const entries = {};
  const contents = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  let offset = 0;
  for (const { name, bytes } of contents) {
    entries[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
  }
  const header = Buffer.from(JSON.stringify({ files: entries }));
  const padding = (4 - (header.length % 4)) % 4;
  const headerPickle = 4 + header.length + padding;
  const sizes = Buffer.alloc(16);
  [4, headerPickle + 4, headerPickle, header.length].forEach((value, index) =>
    sizes.writeUInt32LE(value, index * 4),
  );
  return Buffer.concat([sizes, header, Buffer.alloc(padding), ...contents.map(({ bytes }) => bytes)]);
}
