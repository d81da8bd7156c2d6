/** Converts the bytes of images to those that a canvas takes. */

/** An image of [height, width, channels] bytes, 0 to 255: grey, RGB or RGBA. */
export type Pixels = { width: number; height: number; channels: 1 | 3 | 4; pixels: Uint8Array };

/** [height, width, 4] bytes: red, green, blue and opacity of each pixel. */
export function rgbaOf({ width, height, channels, pixels }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  if (channels === 4) {
    rgba.set(pixels);
    return rgba;
  }
  // Plain loops: this runs over every pixel of every sample grid.
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = pixels[from] ?? 0;
    rgba[to + 1] = pixels[from + green] ?? 0;
    rgba[to + 2] = pixels[from + blue] ?? 0;
    rgba[to + 3] = 255;
  }
  return rgba;
}

/** Image `at` of a batch of square images, as a view of its bytes. */
export function imageAt(
  { size, channels, pixels }: { size: number; channels: 1 | 3; pixels: Uint8Array },
  at: number,
): Pixels {
  const stride = size * size * channels;
  return { width: size, height: size, channels, pixels: pixels.subarray(at * stride, (at + 1) * stride) };
}
