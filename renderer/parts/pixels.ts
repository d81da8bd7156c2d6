/** Bytes of images as what a canvas takes. */

/** [height, width, channels] bytes, 0 to 255: grey, colour, or colour with how opaque it is. */
export type Pixels = { width: number; height: number; channels: 1 | 3 | 4; pixels: Uint8Array };

/** Red, green, blue and opacity of each pixel. */
export function rgbaOf({ width, height, channels, pixels }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  if (channels === 4) rgba.set(pixels);
  else rgba.fill(255);
  for (let i = 0; channels !== 4 && i < width * height; i++) {
    for (let colour = 0; colour < 3; colour++)
      rgba[4 * i + colour] = pixels[i * channels + (channels === 3 ? colour : 0)] ?? 0;
  }
  return rgba;
}

/** One image of a batch of square ones. */
export function imageAt(
  { size, channels, pixels }: { size: number; channels: 1 | 3; pixels: Uint8Array },
  at: number,
): Pixels {
  const stride = size * size * channels;
  return { width: size, height: size, channels, pixels: pixels.subarray(at * stride, (at + 1) * stride) };
}
