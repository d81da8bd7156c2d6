/**
 * A measure of chequered patterns: upsampling can leave a pattern that repeats every 2, 4 or 8 pixels, and so
 * a peak in the power spectrum. Benchmarks use it, and compare it with that of real pictures.
 *
 * Odena, Dumoulin and Olah 2016, Deconvolution and checkerboard artifacts, describe the patterns, but give no
 * measure.
 */
import { tf, type Tensor3D } from '../tensor.ts';
import type { Images } from './rows.ts';

const PERIODS = [2, 4, 8];
/** Distances from a peak, on each side, of the frequencies that it is compared with. */
const BESIDE = [1, 2];

/**
 * The largest ratio of the power at a peak to the power beside it: about 1 if nothing repeats. The peaks are
 * those of patterns along rows, along columns and along both; the size of the images is a multiple of 8.
 */
export function chequering(images: Images): number {
  const { size } = images;
  const power = meanPower(images);
  const highest = size / 2;
  const at = (row: number, column: number) => power[row * (highest + 1) + column] ?? NaN;
  /** A frequency above the highest one, size / 2, is the alias of one below it. */
  const folded = (frequency: number) => (frequency > highest ? size - frequency : frequency);
  const moves = BESIDE.flatMap((step) => [step, -step]);
  const ratios = PERIODS.flatMap((period) => {
    const peak = size / period;
    return [[peak, 0] as const, [0, peak] as const, [peak, peak] as const].map(([row, column]) => {
      const beside = moves.flatMap((move) => [
        ...(row > 0 ? [at(folded(row + move), column)] : []),
        ...(column > 0 ? [at(row, folded(column + move))] : []),
      ]);
      return at(row, column) / geometricMean(beside);
    });
  });
  return Math.max(...ratios);
}

/** Suits spectra of pictures, which fall by a power of the frequency. */
const geometricMean = (values: number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/**
 * The mean power spectrum over images and channels, [size / 2 + 1, size / 2 + 1] flattened: rows, then
 * columns.
 */
function meanPower({ numbers, size, channels }: Images): Float32Array {
  const highest = size / 2;
  const angles = Float32Array.from(
    { length: (highest + 1) * size },
    (_, index) => (2 * Math.PI * ((Math.floor(index / size) * (index % size)) % size)) / size,
  );
  const power = tf.tidy(() => {
    const angle = tf.tensor3d(angles, [1, highest + 1, size]);
    const [cosine, sine] = [tf.cos(angle), tf.sin(angle)];
    const apart = tf.transpose(
      tf.tensor4d(numbers, [numbers.length / (size * size * channels), size, size, channels]),
      [0, 3, 1, 2],
    );
    const pictures: Tensor3D = tf.reshape(apart, [-1, size, size]);
    // The Fourier transform with cos - i sin, along columns and then along rows.
    const along = (wave: Tensor3D) => tf.matMul(pictures, wave, false, true); // [pictures, size, frequencies]
    const [real, imaginary] = [along(cosine), along(sine)];
    const realPart = tf.sub(tf.matMul(cosine, real), tf.matMul(sine, imaginary));
    const imaginaryPart = tf.add(tf.matMul(cosine, imaginary), tf.matMul(sine, real));
    return tf.mean(tf.add(tf.square(realPart), tf.square(imaginaryPart)), 0);
  });
  const values = power.dataSync<'float32'>();
  power.dispose();
  return values;
}
