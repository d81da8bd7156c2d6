/**
 * Flattens decoded pixels of any depth onto the background: opaque, 8 bits. This is done before scaling,
 * since the decoder's own scaling divides by the opacity twice and leaves bright fringes around transparent
 * shapes.
 */
import { JsColorType } from '@napi-rs/image';
import type { Colour, Rectangle } from './canvas.ts';

/** The decoder's pixel types: channels, and bits per sample. */
export const LAYOUTS: Record<JsColorType, { channels: 1 | 2 | 3 | 4; bits: 8 | 16 | 32 }> = {
  [JsColorType.L8]: { channels: 1, bits: 8 },
  [JsColorType.La8]: { channels: 2, bits: 8 },
  [JsColorType.Rgb8]: { channels: 3, bits: 8 },
  [JsColorType.Rgba8]: { channels: 4, bits: 8 },
  [JsColorType.L16]: { channels: 1, bits: 16 },
  [JsColorType.La16]: { channels: 2, bits: 16 },
  [JsColorType.Rgb16]: { channels: 3, bits: 16 },
  [JsColorType.Rgba16]: { channels: 4, bits: 16 },
  [JsColorType.Rgb32F]: { channels: 3, bits: 32 },
  [JsColorType.Rgba32F]: { channels: 4, bits: 32 },
};

/** Whether pixels of this type can be transparent. */
export function hasOpacity(type: JsColorType): boolean {
  return LAYOUTS[type].channels % 2 === 0;
}

/**
 * Flattens a rectangle of `pixels` (rows of `width` pixels of this type, in the machine's byte order) onto
 * the background. Returns opaque RGBA bytes, [rectangle.height, rectangle.width, 4].
 */
export function flatten({
  pixels,
  type,
  width,
  rectangle,
  background,
}: {
  pixels: Uint8Array;
  type: JsColorType;
  width: number;
  rectangle: Rectangle;
  background: Colour;
}): Uint8Array {
  const { channels, bits } = LAYOUTS[type];
  const samples = samplesOf(pixels, bits);
  const result = new Uint8ClampedArray(rectangle.width * rectangle.height * 4).fill(255);
  for (let y = 0; y < rectangle.height; y++) {
    const start = ((rectangle.y + y) * width + rectangle.x) * channels;
    flattenRow({
      samples: samples.subarray(start, start + rectangle.width * channels),
      target: result.subarray(y * rectangle.width * 4, (y + 1) * rectangle.width * 4),
      channels,
      background,
      full: bits === 8 ? 255 : bits === 16 ? 65535 : 1,
    });
  }
  return new Uint8Array(result.buffer);
}

type Samples = Uint8Array | Uint16Array | Float32Array;

/** `full`: the value of a sample that is opaque, or white. */
function flattenRow({
  samples,
  target,
  channels,
  background,
  full,
}: {
  samples: Samples;
  target: Uint8ClampedArray;
  channels: number;
  background: Colour;
  full: number;
}): void {
  const [red, green, blue] = background;
  const [greenAt, blueAt] = channels < 3 ? [0, 0] : [1, 2];
  const transparent = channels % 2 === 0;
  const scale = 255 / full;
  for (let from = 0, to = 0; from < samples.length; from += channels, to += 4) {
    const opacity = transparent ? (samples[from + channels - 1] ?? 0) / full : 1;
    const paint = opacity * scale;
    const rest = 1 - opacity;
    target[to] = (samples[from] ?? 0) * paint + red * rest;
    target[to + 1] = (samples[from + greenAt] ?? 0) * paint + green * rest;
    target[to + 2] = (samples[from + blueAt] ?? 0) * paint + blue * rest;
  }
}

function samplesOf(pixels: Uint8Array, bits: 8 | 16 | 32): Samples {
  if (bits === 8) return pixels;
  const aligned = new Uint8Array(pixels).buffer;
  return bits === 16 ? new Uint16Array(aligned) : new Float32Array(aligned);
}
