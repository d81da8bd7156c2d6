/**
 * The format safetensors: the weights of every network of the run in one file, both averaged and last ones.
 */
import type { Numbers } from '../layers/index.ts';
import { encodeSafetensors } from '../safetensors.ts';
import { checkFile } from './check-file.ts';
import type { Exporter, ExportSubject } from './exporter.ts';
import { readmeOf } from './readme.ts';

const FILE = 'weights.safetensors';

export const safetensors: Exporter = {
  files(subject) {
    const tensors = tensorsOf(subject);
    const { name, gan, loss, step, classes } = subject;
    return {
      [FILE]: encodeSafetensors(tensors, {
        format: 'gan-studio-weights',
        version: '1',
        run: name,
        gan,
        loss,
        step: String(step),
        classes: JSON.stringify(classes),
      }),
      'example.py': EXAMPLE,
      'README.md': readmeOf(subject, {
        format: 'safetensors',
        layout: 'NHWC',
        files: [
          { name: FILE, text: 'the weights, as float32' },
          { name: 'example.py', text: 'reads them with NumPy alone, and prints their names and shapes' },
        ],
        language: 'python',
        install: 'pip install numpy safetensors',
        load: LOAD,
        weights: FINISHED,
        notes: [NAMES, AXES],
        check: CHECK,
      }),
      'check.json': checkOf(subject, tensors),
    };
  },
};

/** The tensors by name, such as `averaged/generator/start/kernel`. */
function tensorsOf({ weights }: ExportSubject): Record<string, Numbers> {
  const named = (kind: keyof typeof weights) =>
    Object.entries(weights[kind]).map(([name, numbers]) => [`${kind}/${name}`, numbers] as const);
  return Object.fromEntries([...named('averaged'), ...named('current')]);
}

/** check.json as in other formats, with a few numbers of every tensor. */
function checkOf(subject: ExportSubject, tensors: Record<string, Numbers>): string {
  const known = JSON.parse(checkFile(subject, { layout: 'NHWC', fileOf: () => FILE })) as object;
  const rows = Object.entries(tensors).map(([name, { shape, values }]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [name, { shape, mean, first: values[0], last: values.at(-1) }] as const;
  });
  return `${JSON.stringify({ ...known, tensors: Object.fromEntries(rows) })}\n`;
}

const LOAD = [
  'from safetensors.numpy import load_file',
  '',
  `weights = load_file('${FILE}')`,
  "kernels = [name for name in weights if name.startswith('averaged/') and name.endswith('/kernel')]",
  'print(kernels[0], weights[kernels[0]].shape, weights[kernels[0]].mean())',
];

const NAMES =
  'A name is `averaged` or `current`, then the network, the layer and the weight, such as ' +
  '`averaged/generator/start/kernel`. `averaged` holds the averages over the training, which GAN Studio makes its ' +
  'pictures with; only some networks have them. `current` holds the last weights of every network, including the ' +
  'discriminator.';
const AXES =
  'The axes are those of TensorFlow. A `kernel` is [inputs, units] in a dense layer, [height, width, channels, ' +
  'filters] in a convolution, and [height, width, filters, channels] in a transposed convolution. `bias`, and the ' +
  '`scale`, `offset`, `mean` and `variance` of a normalisation, are one number for each channel. Rows become ' +
  'pictures in the order [height, width, channels].';
const FINISHED =
  'These are the bare weights, for further training or inspection: a layer with a `u` has spectral normalisation, which ' +
  'divides the kernel by its largest singular value before it is used. To make pictures, take one of the other ' +
  'formats, which hold whole networks.';
const CHECK =
  '`check.json` holds the shape, the mean, the first and the last number of every tensor under `tensors`. Under ' +
  '`networks` it holds what the networks compute from some inputs, for programs that rebuild the networks.';

const EXAMPLE = `# Reads the weights with NumPy alone. First: pip install numpy
import json
from pathlib import Path
import numpy as np

data = Path(__file__).with_name('${FILE}').read_bytes()
start = 8 + int.from_bytes(data[:8], 'little')
entries = json.loads(data[8:start])
print(entries.pop('__metadata__'))
for name, entry in entries.items():
    first, end = (start + offset for offset in entry['data_offsets'])
    weight = np.frombuffer(data[first:end], '<f4').reshape(entry['shape'])
    print(name, weight.shape, weight.mean())
`;
