/** Enlarges a picture and encodes it as PNG. */

/** The bytes of a PNG in which every pixel of the picture is `factor` × `factor` pixels. */
export async function enlargedPng(picture: ImageData, factor: number): Promise<Uint8Array<ArrayBuffer>> {
  const small = new OffscreenCanvas(picture.width, picture.height);
  small.getContext('2d')?.putImageData(picture, 0, 0);
  const large = new OffscreenCanvas(picture.width * factor, picture.height * factor);
  const context = large.getContext('2d');
  if (context) {
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, large.width, large.height);
  }
  return new Uint8Array(await (await large.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
