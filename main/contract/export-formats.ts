/**
 * The formats that a trained generator can be exported in: the one table for command line, page and
 * exporters.
 */
import { z } from 'zod';
import { failureSchema } from './failure.ts';

type FormatEntry = {
  label: string;
  /** Whom it is for, in a sentence. */
  summary: string;
  /** What the exported folder contains, in a few words each. */
  contents: readonly { name: string; text: string }[];
  /** The runtime in which the app checks an export; absent if the app has none. */
  runtime?: string;
  /** Whether the person chooses the order of a picture's axes. */
  choosesLayout?: true;
};

export const EXPORT_FORMATS = {
  html: {
    label: 'Web page',
    summary:
      'One file that anybody opens with a double click, without a network: sliders, a walk, pictures to save.',
    contents: [{ name: 'Page', text: 'the generator, its weights and what runs them, in one HTML file' }],
    runtime: 'WebAssembly',
  },
  onnx: {
    label: 'ONNX',
    summary: 'For ONNX Runtime, which runs in Python, C++, C#, Java, on phones and in browsers.',
    contents: [{ name: 'Model', text: 'opset 17, for any number of pictures at once' }],
    runtime: 'ONNX Runtime',
    choosesLayout: true,
  },
  pytorch: {
    label: 'PyTorch',
    summary: 'For people who train: a model.py to read and to change, with its weights as safetensors.',
    contents: [
      { name: 'Model', text: 'model.py, one class for each network' },
      { name: 'Weights', text: 'safetensors, named as in model.py' },
    ],
  },
  keras: {
    label: 'Keras',
    summary: 'A .keras file for Keras 3 on TensorFlow, JAX or PyTorch, which can be trained further.',
    contents: [{ name: 'Model', text: 'layers and weights in one .keras file' }],
  },
  savedmodel: {
    label: 'TensorFlow SavedModel',
    summary: 'For TensorFlow, TensorFlow Serving, and converters such as TensorFlow Lite’s.',
    contents: [{ name: 'Model', text: 'a frozen graph with a serving signature' }],
    runtime: 'TensorFlow',
  },
  tfjs: {
    label: 'TensorFlow.js',
    summary: 'For a web page, a game or a Node program of your own.',
    contents: [
      { name: 'Model', text: 'a graph model: generator.json and its weights' },
      { name: 'Example', text: 'a short program that runs as it is' },
    ],
    runtime: 'TensorFlow.js',
  },
  safetensors: {
    label: 'safetensors',
    summary: 'The bare weights of every network of the run, averaged and current, to read anywhere.',
    contents: [{ name: 'Weights', text: 'all networks, including the discriminator' }],
  },
} as const satisfies Record<string, FormatEntry>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]];
export const exportFormatSchema = z.enum(EXPORT_FORMAT_NAMES);

/**
 * The order of the axes of pictures in formats that leave it open: NHWC is [count, height, width, channels],
 * NCHW [count, channels, height, width].
 */
export const exportLayoutSchema = z.enum(['NHWC', 'NCHW']);
export type ExportLayout = z.infer<typeof exportLayoutSchema>;

/**
 * The result of running an export in its own runtime, in a process of its own: the largest difference from
 * the app's numbers, or why it could not be run. Null if the app does not have that runtime.
 */
const exportCheckSchema = z
  .union([z.object({ runtime: z.string(), difference: z.number() }), z.object({ failure: failureSchema })])
  .nullable();
export type ExportCheck = z.infer<typeof exportCheckSchema>;

export const exportedSchema = z.object({
  format: exportFormatSchema,
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  check: exportCheckSchema,
});
export type Exported = z.infer<typeof exportedSchema>;

/** The sentence that a person reads about a check, such as "Checked in ONNX Runtime: equal to 2e-6." */
export function checkWords({ format, check }: Pick<Exported, 'format' | 'check'>): string {
  const { label } = EXPORT_FORMATS[format];
  if (check === null)
    return `Not checked: GAN Studio has no runtime for ${label}. Its check.json holds numbers to check it with.`;
  if ('failure' in check) return `The check failed: ${check.failure.message}`;
  const { runtime, difference } = check;
  return `Checked in ${runtime}: equal${difference === 0 ? '' : ` to ${difference.toExponential(0)}`}.`;
}
