/** The work of a decoder: takes one picture after the other from the process that started it. */
import { Transformer } from '@napi-rs/image';
import { isOutOfMemory } from '../contract/index.ts';
import { KILLED, toDecoderSchema, type FromDecoder, type ToDecoder } from '../decoding/index.ts';
import { preparePicture } from './prepare-picture.ts';
import { explain } from './explain.ts';
import { readPictureFile, type PictureFile } from './read-picture-file.ts';
import { checkSize } from './request.ts';
import { readHeader } from './read-header.ts';
import { Unusable } from './unusable.ts';
import { viewPicture } from './view-picture.ts';
import { watchMemory } from './watch-memory.ts';

/** The most pixels of a picture that is decoded without asking first. */
const SMALL = 4_000_000;
const TERMINAL_SIGNALS = ['SIGINT', 'SIGHUP'] as const;

/**
 * Answers messages until the process is ended from outside. `post` sends a message; `onMessage` is called
 * once, with the listener.
 */
export function servePictures({
  post,
  onMessage,
  mostBytes,
}: {
  post: (message: FromDecoder) => void;
  onMessage: (listener: (message: unknown) => void) => void;
  mostBytes?: number | undefined;
}): void {
  // Ctrl+C in a terminal also reaches this process, but the one that started it decides when it ends.
  for (const signal of TERMINAL_SIGNALS) process.on(signal, () => undefined);
  watchMemory(mostBytes);
  let go: (() => void) | undefined;
  let last: Promise<void> = Promise.resolve();
  const ask = async (pixels: number): Promise<void> => {
    if (pixels <= SMALL) return;
    post({ type: 'large', pixels });
    await new Promise<void>((resolve) => {
      go = resolve;
    });
  };
  onMessage((received) => {
    const message = toDecoderSchema.parse(received);
    if (message.type === 'go') go?.();
    else last = last.then(() => work(message, ask)).then(post, exitBroken);
  });
  post({ type: 'ready' });
}

/**
 * Ends the process: a decoder that broke down cannot be trusted with another picture, so the pool starts a
 * new one. If memory ran out, it ends as if the system had killed it for that.
 */
function exitBroken(error: unknown): void {
  console.error(error);
  process.exit(isOutOfMemory(error) ? KILLED : 1);
}

async function work(
  message: Exclude<ToDecoder, { type: 'go' }>,
  ask: (pixels: number) => Promise<void>,
): Promise<FromDecoder> {
  try {
    return { ...(await answer(message, ask)), memory: memoryHeld() };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { type: 'left-out', why: { reason: error.reason, detail: error.message }, memory: memoryHeld() };
  }
}

async function answer(message: Exclude<ToDecoder, { type: 'go' }>, ask: (pixels: number) => Promise<void>) {
  const file = { path: Buffer.from(message.path), part: message.part };
  if (message.type === 'pixels') return { type: 'pixels' as const, picture: decodePlain(file) };
  if (message.type === 'view') {
    const { most, background } = message;
    return { type: 'view' as const, picture: await viewPicture({ ...file, most, background, ask }) };
  }
  return {
    type: 'prepared' as const,
    picture: await preparePicture({ ...file, options: message.options, ask }),
  };
}

/** Decodes a PNG without any conversion. Throws Unusable. */
export function decodePlain(file: PictureFile): { width: number; height: number; pixels: Uint8Array } {
  const { format, bytes } = readPictureFile(file);
  if (format !== 'PNG') throw new Unusable('unsupported', `${format} where a PNG was expected.`);
  try {
    const { width, height } = readHeader(format, bytes);
    checkSize({ width, height });
    return { width, height, pixels: new Transformer(bytes).rawPixelsSync() };
  } catch (error) {
    throw explain(error, format);
  }
}

/** The most bytes that this process has held. */
function memoryHeld(): number {
  return process.resourceUsage().maxRSS * 1024;
}
