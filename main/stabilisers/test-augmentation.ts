/**
 * Shared by tests of augmentations: the same changes as loops over pixels, for a batch and given random
 * numbers.
 */
import { randomNormal, randomUniform } from '../random.ts';
import { tf, type Tensor } from '../tensor.ts';

export const BATCH = 6;

/**
 * Rows of random numbers, [BATCH] each, enough for every stabiliser; normal in the given steps, else uniform
 * in [0, 1).
 */
export function drawn(normal: number[] = []): Float32Array[] {
  return Array.from({ length: 32 }, (_, step) =>
    (normal.includes(step) ? randomNormal : unit)({ seed: 3, stream: 'z', step }, BATCH),
  );
}
const unit: typeof randomUniform = (key, count) => randomUniform(key, count).map((value) => (value + 1) / 2);

type Spot = { image: number; row: number; column: number };
type Picture = {
  size: number;
  channels: number;
  /** Numbers of a pixel, [channels]; 0 outside. */
  at(spot: Spot): number[];
};

function pictureOf(images: Tensor): Picture {
  const [, size, , channels] = images.shape as [number, number, number, number];
  const numbers = images.dataSync();
  const outside = (position: number) => position < 0 || position >= size;
  return {
    size,
    channels,
    at({ image, row, column }) {
      const first = ((image * size + row) * size + column) * channels;
      return outside(row) || outside(column)
        ? new Array<number>(channels).fill(0)
        : Array.from(numbers.subarray(first, first + channels));
    },
  };
}

/** A batch made pixel by pixel. */
function made({ size, channels }: Picture, colourAt: (spot: Spot) => number[]): Tensor {
  const numbers: number[] = [];
  for (let image = 0; image < BATCH; image++)
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) numbers.push(...colourAt({ image, row, column }));
  return tf.tensor(numbers, [BATCH, size, size, channels]);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

type Draws = () => Float32Array;

/** DiffAugment as loops over pixels: Zhao et al. 2020's colour, translation, cutout. */
export function expectedOfDiffAugment(images: Tensor, draws: Float32Array[]): Tensor {
  const numbers = [...draws];
  const next: Draws = () => numbers.shift()!;
  return [coloured, contrasted, translated, cutOut].reduce(
    (made, change) => change(pictureOf(made), next),
    images,
  );
}

/** Brightness, and the saturation of pictures in colour. */
function coloured(picture: Picture, next: Draws): Tensor {
  const brightness = next();
  const saturation = picture.channels === 3 ? next() : undefined;
  return made(picture, (spot) => {
    const { image } = spot;
    const bright = picture.at(spot).map((value) => value + brightness[image]! - 0.5);
    return saturation
      ? bright.map((value) => mean(bright) + 2 * saturation[image]! * (value - mean(bright)))
      : bright;
  });
}

function contrasted(picture: Picture, next: Draws): Tensor {
  const contrast = next();
  const { size } = picture;
  const spotsOf = (image: number) =>
    Array.from({ length: size * size }, (_, at) => ({
      image,
      row: Math.floor(at / size),
      column: at % size,
    }));
  const means = Array.from({ length: BATCH }, (_, image) =>
    mean(spotsOf(image).map((spot) => mean(picture.at(spot)))),
  );
  return made(picture, (spot) => {
    const [middle, factor] = [means[spot.image]!, contrast[spot.image]! + 0.5];
    return picture.at(spot).map((value) => middle + factor * (value - middle));
  });
}

function translated(picture: Picture, next: Draws): Tensor {
  const furthest = Math.round(picture.size / 8);
  const [down, right] = [next(), next()].map((row) =>
    Array.from(row, (value) => Math.floor(value * (2 * furthest + 1)) - furthest),
  );
  return made(picture, ({ image, row, column }) =>
    picture.at({ image, row: row + down![image]!, column: column + right![image]! }),
  );
}

function cutOut(picture: Picture, next: Draws): Tensor {
  const side = Math.round(picture.size / 2);
  const [middleRows, middleColumns] = [next(), next()].map((row) =>
    Array.from(row, (value) => Math.floor(value * (picture.size + 1 - (side % 2)))),
  );
  const first = (middle: number) => middle - Math.floor(side / 2);
  const inHole = (at: number, middle: number) => at >= first(middle) && at < first(middle) + side;
  return made(picture, (spot) => {
    const { image, row, column } = spot;
    const isHole = inHole(row, middleRows![image]!) && inHole(column, middleColumns![image]!);
    return picture.at(spot).map((value) => (isHole ? 0 : value));
  });
}

/**
 * ADA as loops over pixels, with p = 1: the moves are undone from the result back to the image, and the
 * colours are rotated.
 */
export function expectedOfAda(images: Tensor, draws: Float32Array[]): Tensor {
  const numbers = [...draws];
  // The second of two draws decides whether the change happens; with p = 1 it always does.
  const next: Draws = () => numbers.splice(0, 2)[0]!;
  const picture = pictureOf(images);
  const [mirror, quarter, zoom] = [next(), next(), next()];
  const [, downs, rights] = numbers.splice(0, 3);
  const source = sourceOf(picture.size, { mirror, quarter, zoom, downs: downs!, rights: rights! });
  const brightness = next();
  const contrast = next();
  const [hue, saturation] = picture.channels === 3 ? [next(), next()] : [];
  return made(picture, (spot) => {
    const { image } = spot;
    const bright = bilinear(picture, source(spot)).map(
      (value) => (value + 0.2 * brightness[image]!) * 2 ** (0.5 * contrast[image]!),
    );
    if (!hue || !saturation) return bright;
    const grey = mean(bright);
    const angle = 2 * Math.PI * (hue[image]! - 0.5);
    const [r, g, b] = bright.map((value) => value - grey) as [number, number, number];
    // (1, 1, 1) / sqrt 3 x (r, g, b)
    const around = [b - g, r - b, g - r].map((value) => value / Math.sqrt(3));
    return [r, g, b].map(
      (value, channel) =>
        grey + 2 ** saturation[image]! * (Math.cos(angle) * value + Math.sin(angle) * around[channel]!),
    );
  });
}

/** A position between the pixels of an image. */
type Between = { image: number; y: number; x: number };
type Moves = Record<'mirror' | 'quarter' | 'zoom' | 'downs' | 'rights', Float32Array>;

/** The position from which ADA takes a pixel. */
function sourceOf(size: number, { mirror, quarter, zoom, downs, rights }: Moves): (spot: Spot) => Between {
  const centre = (size - 1) / 2;
  return ({ image, row, column }) => {
    const shift = (by: Float32Array) => Math.round(2 * (by[image]! - 0.5) * (size / 8));
    let [y, x] = [row - centre - shift(downs), column - centre - shift(rights)].map(
      (position) => position / 2 ** (0.2 * zoom[image]!),
    ) as [number, number];
    if (mirror[image]! >= 0.5) x = -x;
    // Undoes quarter turns clockwise.
    for (let turn = 0; turn < Math.floor(quarter[image]! * 4); turn++) [y, x] = [-x, y];
    return { image, y: y + centre, x: x + centre };
  };
}

function bilinear(picture: Picture, { image, y, x }: Between): number[] {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const corners = [
    [top, left],
    [top, left + 1],
    [top + 1, left],
    [top + 1, left + 1],
  ] as const;
  return Array.from({ length: picture.channels }, (_, channel) =>
    corners.reduce(
      (sum, [row, column]) =>
        sum +
        (1 - Math.abs(y - row)) * (1 - Math.abs(x - column)) * picture.at({ image, row, column })[channel]!,
      0,
    ),
  );
}
