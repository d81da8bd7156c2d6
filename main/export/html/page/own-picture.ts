/** Lets a person open a picture of their own, if the model can rebuild it or find its point. */
import { canvas, contextOf, element, input, say } from './elements.ts';
import type { Explorer } from './explorer.ts';
import { drawPixels } from './picture.ts';
import { ofPicture } from './uses.ts';

/** The weights of red, green and blue in grey (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

export function offerOwnPicture(explorer: Explorer): void {
  const { uses } = explorer.trained.model;
  const canEncode = uses.some(({ use }) => use === 'encode');
  const canRebuild = uses.some(({ use }) => use === 'rebuild');
  if (!canEncode && !canRebuild) return;
  element('own').hidden = false;
  element('own-about').textContent = canEncode
    ? 'The model looks for the latent numbers whose picture is closest to it.'
    : 'The model rebuilds it as well as it can.';
  const take = (file: Blob | undefined) => {
    if (!file) return;
    void readAndShow(explorer, file).catch(() => say('The browser cannot read this file as a picture.'));
  };
  input('own-file').addEventListener('change', (event) =>
    take((event.target as HTMLInputElement).files?.[0]),
  );
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
}

async function readAndShow(explorer: Explorer, file: Blob): Promise<void> {
  const { image } = explorer.trained.model;
  const values = numbersOf(await createImageBitmap(file), image);
  show('own-given', explorer, values);
  const rebuilt = await ofPicture(explorer.trained, 'rebuild', values);
  if (rebuilt) show('own-rebuilt', explorer, rebuilt);
  const point = await ofPicture(explorer.trained, 'encode', values);
  if (point) await explorer.move(point);
  say(point ? 'The picture is now the closest that the model found.' : 'Your picture is rebuilt.');
}

function show(id: string, { trained: { model } }: Explorer, values: Float32Array): void {
  const target = canvas(id);
  drawPixels(target, model.image, values);
  const figure = target.closest('figure');
  if (figure) figure.hidden = false;
}

/** The central square of the picture, scaled to the model's size, [size, size, channels] in [-1, 1]. */
function numbersOf(
  bitmap: ImageBitmap,
  { size, channels }: { size: number; channels: number },
): Float32Array {
  const side = Math.min(bitmap.width, bitmap.height);
  const target = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const context = contextOf(target);
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    bitmap,
    (bitmap.width - side) / 2,
    (bitmap.height - side) / 2,
    side,
    side,
    0,
    0,
    size,
    size,
  );
  const { data } = context.getImageData(0, 0, size, size);
  return Float32Array.from({ length: size * size * channels }, (_, index) => {
    const [pixel, channel] = [4 * Math.floor(index / channels), index % channels];
    const grey = () => LUMA.reduce((sum, share, colour) => sum + share * (data[pixel + colour] ?? 0), 0);
    return (channels === 1 ? grey() : (data[pixel + channel] ?? 0)) / 127.5 - 1;
  });
}
