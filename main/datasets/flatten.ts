/**
 * Lays decoded pixels of any depth on the background, opaque, 8 bits. This is done before scaling: the decoder's
 * own scaling divides by the opacity twice and leaves bright fringes round transparent shapes.
 */
import { JsColorType } from '@napi-rs/image';

export type Colour = readonly [number, number, number];
export type Rectangle = { x: number; y: number; width: number; height: number };

const LAYOUTS: Record<JsColorType, { channels: 1 | 2 | 3 | 4; bits: 8 | 16 | 32 }> = {
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

/** '#rrggbb' as three numbers from 0 to 255. */
export function parseColour(colour: string): Colour {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * The rectangle out of `pixels` (rows of `width` pixels of this type, in the machine's byte order) on the background.
 * Answers opaque RGBA bytes, [rectangle.height, rectangle.width, 4].
 */
export function flatten({ pixels, type, width, rectangle, background }: {
  pixels: Uint8Array;
  type: JsColorType;
  width: number;
  rectangle: Rectangle;
  background: Colour;
}): Uint8Array {
  const { channels, bits } = LAYOUTS[type];
  const samples = samplesOf(pixels, bits);
  const scale = bits === 8 ? 1 : bits === 16 ? 1 / 257 : 255;
  const [red, green, blue] = background;
  const [greenAt, blueAt] = channels < 3 ? [0, 0] : [1, 2];
  const result = new Uint8ClampedArray(rectangle.width * rectangle.height * 4);
  let to = 0;
  for (let y = 0; y < rectangle.height; y++) {
    let from = ((rectangle.y + y) * width + rectangle.x) * channels;
    for (let x = 0; x < rectangle.width; x++, from += channels, to += 4) {
      const opacity = channels % 2 === 0 ? (samples[from + channels - 1]! * scale) / 255 : 1;
      const paint = opacity * scale;
      const rest = 1 - opacity;
      result[to] = samples[from]! * paint + red * rest;
      result[to + 1] = samples[from + greenAt]! * paint + green * rest;
      result[to + 2] = samples[from + blueAt]! * paint + blue * rest;
      result[to + 3] = 255;
    }
  }
  return new Uint8Array(result.buffer);
}

function samplesOf(pixels: Uint8Array, bits: 8 | 16 | 32): Uint8Array | Uint16Array | Float32Array {
  if (bits === 8) return pixels;
  const aligned = pixels.slice().buffer;
  return bits === 16 ? new Uint16Array(aligned) : new Float32Array(aligned);
}
