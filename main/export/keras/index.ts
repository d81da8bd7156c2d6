/** The format Keras 3: a .keras file for each network, with layers that can be trained further. */
import { strToU8, zipSync } from 'fflate';
import { checkFile } from '../check-file.ts';
import type { ExportedNetwork, Exporter, ExportSubject } from '../exporter.ts';
import { besideExample, drawnInputs, numpyDraws } from '../python-lines.ts';
import { outputShapes, readmeOf } from '../readme.ts';
import { functionalModel, weightGroups } from './functional.ts';
import { hdf5, type Group } from './hdf5.ts';

const fileOf = ({ name }: Pick<ExportedNetwork, 'name'>): string => `${name}.keras`;

/** Throws StudioError `not-portable` for virtual batch normalisation. */
export const keras: Exporter = {
  files: (subject) => ({
    ...Object.fromEntries(subject.networks.map((one) => [fileOf(one), kerasFile(one)])),
    'README.md': readme(subject),
    'check.json': checkFile(subject, { layout: 'NHWC', fileOf }),
    'example.py': `${[...EXAMPLE_IMPORTS, ...loadLines(subject, besideExample), PRINT].join('\n')}\n`,
  }),
};

/** The format is that of Keras 3.0.0, which every later version reads. */
const METADATA = { keras_version: '3.0.0', date_saved: '1980-01-01@00:00:00' };
/** The earliest time that a zip file can store. A fixed time gives the same file for the same model. */
const NO_TIME = new Date(1980, 0, 1);

function kerasFile({ name, network }: ExportedNetwork): Uint8Array {
  const model = functionalModel(name, network);
  const layers: Group = {};
  for (const [layer, weights] of Object.entries(weightGroups(model)))
    layers[layer] = { vars: Object.fromEntries(weights.map((numbers, index) => [String(index), numbers])) };
  return zipSync(
    {
      'metadata.json': strToU8(JSON.stringify(METADATA)),
      'config.json': strToU8(JSON.stringify(model.config)),
      // Not compressed: weights hardly shrink.
      'model.weights.h5': [hdf5({ layers, vars: {} }), { level: 0 }],
    },
    { mtime: NO_TIME },
  );
}

function readme(subject: ExportSubject): string {
  return readmeOf(subject, {
    format: 'keras',
    layout: 'NHWC',
    files: [
      ...subject.networks.map((one) => ({ name: fileOf(one), text: `the ${one.name}, a functional model` })),
      { name: 'example.py', text: 'draws four pictures; `python example.py`' },
    ],
    language: 'python',
    install: 'pip install keras torch  # or tensorflow, or jax; KERAS_BACKEND=torch says which',
    load: [...IMPORTS, ...loadLines(subject, JSON.stringify)],
    notes: [
      'The layers are Keras’s own, with the names that they have in GAN Studio: `model.summary()` lists them, and ' +
        'the model can be compiled, trained on and saved.',
      'A model with several outputs returns a dictionary of them by name.',
    ],
  });
}

const IMPORTS = ['import keras', 'import numpy as np', ''];
const EXAMPLE_IMPORTS = ['from pathlib import Path', ...IMPORTS];
const PRINT = "print('made', images.shape, 'with numbers from', images.min(), 'to', images.max())";

/**
 * Lines of Python that load the generator and make four pictures. `placed` writes a path as a Python
 * expression.
 */
function loadLines(subject: ExportSubject, placed: (name: string) => string): string[] {
  const [generator] = subject.networks;
  const [output = '', ...others] = generator ? Object.keys(outputShapes(generator)) : [];
  const given = drawnInputs(subject).map(({ input, variable }) => `${JSON.stringify(input)}: ${variable}`);
  const answer = others.length === 0 ? '' : `[${JSON.stringify(output)}]`;
  return [
    `model = keras.saving.load_model(${placed(generator ? fileOf(generator) : '')})`,
    ...numpyDraws(subject, 4),
    `images = model.predict({${given.join(', ')}}, verbose=0)${answer}`,
  ];
}
