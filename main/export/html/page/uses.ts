/** Runs the uses of a model: its networks, one after the other. */
import { sizeOf, type LatentSpace } from '../../../latent.ts';
import type { PageModel, Rows, Running } from './model.ts';

export type Trained = { model: PageModel; running: Running };

/**
 * Pictures, [rows, size, size, channels] flattened, of points, [rows, size of the space] flattened. `chosen`:
 * the index of their class, if the model takes one.
 */
export async function generated(
  { model, running }: Trained,
  points: Float32Array,
  chosen: number,
): Promise<Float32Array> {
  const rows = points.length / sizeOf(model.latent);
  const kinds = model.classes.length;
  const given = {
    ...partsOf(model.latent, points),
    ...(kinds > 0 && {
      class: {
        shape: [rows, kinds],
        values: Array.from({ length: rows * kinds }, (_, index) => Number(index % kinds === chosen)),
      },
    }),
  };
  const { image } = await used({ model, running }, 'generate', given);
  return valuesOf(image);
}

/** The point or the picture that this use makes of one picture; undefined if the model has no such use. */
export async function ofPicture(
  trained: Trained,
  use: 'encode' | 'rebuild',
  values: Float32Array,
): Promise<Float32Array | undefined> {
  const { uses, image, latent } = trained.model;
  const known = uses.find((one) => one.use === use);
  if (!known) return undefined;
  const given = { image: { shape: [1, image.size, image.size, image.channels], values } };
  const answers = await used(trained, use, given);
  if (use === 'rebuild') return valuesOf(answers[known.gives[0] ?? '']);
  return Float32Array.from(latent.flatMap(({ name }) => Array.from(valuesOf(answers[name]))));
}

/**
 * Runs the networks of a use; each takes its inputs by name from `given` and from the outputs of those before
 * it.
 */
async function used({ model, running }: Trained, use: string, given: Record<string, Rows>) {
  const known: Record<string, Rows> = { ...given };
  const chain = model.uses.find((one) => one.use === use)?.networks ?? [];
  for (const name of chain) {
    const inputs = Object.keys(model.networks.find((one) => one.name === name)?.inputs ?? {});
    const fed = inputs.flatMap((input) => (known[input] ? [[input, known[input]] as const] : []));
    Object.assign(known, await running.run(name, Object.fromEntries(fed)));
  }
  return known;
}

function valuesOf(rows: Rows | undefined): Float32Array {
  if (!rows) throw new Error('The networks do not give what was asked for.');
  return Float32Array.from(rows.values);
}

/** The parts of these points by name, [rows, size] each. */
function partsOf(space: LatentSpace, points: Float32Array): Record<string, Rows> {
  const width = sizeOf(space);
  const rows = points.length / width;
  let offset = 0;
  const parts = space.map(({ name, size }) => {
    const values = new Float32Array(rows * size);
    for (let row = 0; row < rows; row++)
      values.set(points.subarray(row * width + offset, row * width + offset + size), row * size);
    offset += size;
    return [name, { shape: [rows, size], values }] as const;
  });
  return Object.fromEntries(parts);
}
