/**
 * The format SavedModel: a folder for each network, with a frozen graph and the signature `serving_default`.
 */
import { encodeSavedModel } from '../../graph/index.ts';
import { checkFile } from '../check-file.ts';
import type { Exporter, ExportSubject } from '../exporter.ts';
import { besideExample, drawnInputs, numpyDraws } from '../python-lines.ts';
import { outputShapes, readmeOf } from '../readme.ts';
import { frozenGraph } from './graph.ts';

/** Never throws: TensorFlow has every operation. */
export const savedmodel: Exporter = {
  files(subject) {
    const models = subject.networks.map(({ name, network }) => {
      const { nodes, signature } = frozenGraph(network);
      return [`${name}/saved_model.pb`, encodeSavedModel(nodes, signature)] as const;
    });
    return {
      ...Object.fromEntries(models),
      'README.md': readme(subject),
      'check.json': checkFile(subject, { layout: 'NHWC', fileOf: ({ name }) => name }),
      'example.py': `${example(subject).join('\n')}\n`,
    };
  },
};

function readme(subject: ExportSubject): string {
  return readmeOf(subject, {
    format: 'savedmodel',
    layout: 'NHWC',
    files: [
      ...subject.networks.map(({ name }) => ({
        name: `${name}/`,
        text: `the ${name}, with its weights in the graph`,
      })),
      { name: 'example.py', text: 'draws four pictures; `python example.py`' },
    ],
    language: 'python',
    install: 'pip install tensorflow',
    load: [...IMPORTS, ...loadLines(subject, JSON.stringify)],
    notes: [
      'Each folder is tagged `serve`, and its signature `serving_default` takes and gives the names in the table, so ' +
        'TensorFlow Serving and TensorFlow Lite’s converter take it as it is. The weights are constants: to train ' +
        'further, use another format.',
    ],
  });
}

/**
 * Lines of Python that load the generator and make four pictures. `placed` writes a path as a Python
 * expression.
 */
function loadLines(subject: ExportSubject, placed: (name: string) => string): string[] {
  const [generator] = subject.networks;
  const [output = ''] = generator ? Object.keys(outputShapes(generator)) : [];
  const given = drawnInputs(subject).map(({ input, variable }) => `${JSON.stringify(input)}: ${variable}`);
  return [
    `model = tf.saved_model.load(${placed(generator?.name ?? '')})`,
    ...numpyDraws(subject, 4),
    `inputs = {${given.join(', ')}}`,
    "answers = model.signatures['serving_default'](**{name: tf.constant(rows) for name, rows in inputs.items()})",
    `images = answers[${JSON.stringify(output)}].numpy()`,
  ];
}

const IMPORTS = ['import numpy as np', 'import tensorflow as tf', ''];

const example = (subject: ExportSubject): string[] => [
  'from pathlib import Path',
  ...IMPORTS,
  ...loadLines(subject, (name) => `str(${besideExample(name)})`),
  "print('made', images.shape, 'with numbers from', images.min(), 'to', images.max())",
];
