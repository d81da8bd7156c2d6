/**
 * Lines of Python that the READMEs and examples of several formats share: they draw inputs and save a sheet.
 */
import type { ExportLayout } from '../contract/index.ts';
import type { ExportSubject } from './exporter.ts';
import { batchShape, outputShapes } from './readme.ts';

/**
 * Lines of Python that draw `rows` rows of every input of the generator, as NumPy (`np`) arrays in the
 * variables of `drawnInputs`.
 */
export function numpyDraws(subject: ExportSubject, rows: number): string[] {
  const draw = {
    'normal': (size: number) => `np.random.randn(${rows}, ${size}).astype('float32')`,
    'uniform': (size: number) => `np.random.uniform(-1, 1, (${rows}, ${size})).astype('float32')`,
    'one-hot': (size: number) => `np.eye(${size}, dtype='float32')[np.random.randint(${size}, size=${rows})]`,
  };
  return draws(subject, draw, `np.eye(${subject.classes.length}, dtype='float32')[[0] * ${rows}]`);
}

/** Like `numpyDraws`, with PyTorch tensors. */
export function torchDraws(subject: ExportSubject, rows: number): string[] {
  const draw = {
    'normal': (size: number) => `torch.randn(${rows}, ${size})`,
    'uniform': (size: number) => `torch.rand(${rows}, ${size}) * 2 - 1`,
    'one-hot': (size: number) => `torch.eye(${size})[torch.randint(${size}, (${rows},))]`,
  };
  return draws(subject, draw, `torch.eye(${subject.classes.length})[[0] * ${rows}]`);
}

type Latent = ExportSubject['latent'][number];

/**
 * A line for each input. `draw` writes an expression for random numbers; `kinds` is one for the first class.
 */
function draws(
  { latent, classes: [first] }: ExportSubject,
  draw: Record<Latent['distribution'], (size: number) => string>,
  kinds: string,
): string[] {
  return [
    ...latent.map(({ name, size, distribution }) => `${variableOf(name)} = ${draw[distribution](size)}`),
    ...(first === undefined ? [] : [`kind = ${kinds}  # 0 is ${JSON.stringify(oneLine(first))}`]),
  ];
}

/** A comment with the shape and range of sixteen pictures, for the line that makes them. */
export function imageComment({ networks: [generator] }: ExportSubject, layout: ExportLayout): string {
  const shape = generator ? outputShapes(generator)['image'] : undefined;
  return `# ${batchShape(shape ?? [], layout, 16)} in [-1, 1]`;
}

/** The inputs of the generator, in its order, each with its variable in `numpyDraws` and `torchDraws`. */
export function drawnInputs({ networks: [generator] }: ExportSubject): { input: string; variable: string }[] {
  return Object.keys(generator?.network.inputs ?? {}).map((input) => ({
    input,
    variable: input === 'class' ? 'kind' : variableOf(input),
  }));
}

/** A name as a variable of Python or JavaScript. */
export const variableOf = (name: string): string =>
  name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');

/** The text without characters that end a line of code. */
export const oneLine = (text: string): string => text.replace(/[\p{Control}\u2028\u2029]+/gu, ' ');

/**
 * Lines that save the NumPy array `image` of 16 pictures as sheet.png, or print 16 points of the plane; they
 * need `np`, and Pillow's `Image` for pictures.
 */
export function sheetLines({ image: { size, channels } }: ExportSubject, layout: ExportLayout): string[] {
  if (channels === 2) return ['print(image.reshape(16, 2))  # x and y of each point'];
  const side = 4 * size;
  const last = layout === 'NCHW' ? 'image.transpose(0, 2, 3, 1)' : 'image';
  return [
    `pixels = ((${last} + 1) * 127.5).clip(0, 255).round().astype('uint8')`,
    `sheet = pixels.reshape(4, 4, ${size}, ${size}, ${channels}).swapaxes(1, 2).reshape(${side}, ${side}, ${channels})`,
    `Image.fromarray(sheet.squeeze()).save('sheet.png')`,
  ];
}

/** A Python expression for the path of a file beside the example, whatever the working folder is. */
export const besideExample = (name: string): string => `Path(__file__).with_name(${JSON.stringify(name)})`;
