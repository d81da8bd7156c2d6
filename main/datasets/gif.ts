/** The first frame of a GIF: the one format that the decoder library leaves to us. */
import { GifReader } from 'omggif';

/** RGBA bytes of the whole screen, [height, width, 4]; transparent where the first frame paints nothing. Throws on damage. */
export function decodeGif(bytes: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const reader = new GifReader(bytes);
  if (reader.numFrames() === 0) throw new Error('it holds no frame');
  const frame = reader.frameInfo(0);
  if (frame.x + frame.width > reader.width || frame.y + frame.height > reader.height) {
    throw new Error('its first frame is larger than the picture');
  }
  const pixels = new Uint8Array(reader.width * reader.height * 4);
  reader.decodeAndBlitFrameRGBA(0, pixels);
  return { width: reader.width, height: reader.height, pixels };
}
