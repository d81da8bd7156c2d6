/** The format ONNX: one .onnx file for each network, with opset 17, for any number of rows. */
import { StudioError, type ExportLayout } from '../../contract/index.ts';
import { checkFile } from '../check-file.ts';
import type { ExportedNetwork, Exporter, ExportSubject } from '../exporter.ts';
import { drawnInputs, imageComment, numpyDraws, sheetLines } from '../python-lines.ts';
import { readmeOf } from '../readme.ts';
import { graphOf } from './graph.ts';
import { writeOperation } from './operations.ts';
import { encodeModel } from './proto.ts';

export const onnx: Exporter = {
  files(subject, { layout }) {
    const models = subject.networks.map((one) => [fileOf(one), modelOf(subject, one, layout)] as const);
    return {
      ...Object.fromEntries(models),
      'README.md': readmeOf(subject, {
        format: 'onnx',
        layout,
        files: [
          ...subject.networks.map((one) => ({ name: fileOf(one), text: `the ${one.name}` })),
          { name: 'example.py', text: 'makes sixteen pictures' },
        ],
        language: 'python',
        install: `pip install ${PACKAGES}`,
        load: loadLines(subject, layout),
        notes: [
          'Everything is ONNX opset 17 in its plain domain, so that ONNX Runtime 1.12 and later runs it on any of its ' +
            'providers. The first axis of every input and output is free, and is named `batch`.',
        ],
      }),
      'example.py': exampleOf(subject, layout),
      'check.json': checkFile(subject, { layout, fileOf }),
    };
  },
};

const PACKAGES = 'onnxruntime numpy pillow';

const fileOf = ({ name }: Pick<ExportedNetwork, 'name'>): string => `${name}.onnx`;

function modelOf(subject: ExportSubject, one: ExportedNetwork, layout: ExportLayout): Uint8Array {
  requireNamesOfTheirOwn(one);
  return encodeModel({
    name: one.name,
    ...graphOf(one.network, { layout, write: writeOperation }),
    metadata: {
      run: subject.name,
      gan: subject.gan,
      loss: subject.loss,
      step: String(subject.step),
      layout,
      classes: JSON.stringify(subject.classes),
    },
  });
}

/**
 * Throws StudioError `not-portable` if an output has the name of an input: names of values are unique in
 * ONNX.
 */
function requireNamesOfTheirOwn({ name, network: { inputs, outputs } }: ExportedNetwork): void {
  const shared = Object.keys(outputs).find((output) => output in inputs);
  if (shared === undefined) return;
  throw new StudioError({
    code: 'not-portable',
    message: `The ${name} takes and gives "${shared}", and ONNX cannot tell an input from an output of the same name.`,
    remedy: 'Choose another format.',
  });
}

function loadLines(subject: ExportSubject, layout: ExportLayout): string[] {
  return [
    'import numpy as np',
    'import onnxruntime',
    '',
    `generator = onnxruntime.InferenceSession('${generatorFile(subject)}')`,
    ...runLines(subject, layout),
  ];
}

/** Lines that make sixteen pictures, the array `image`. */
function runLines(subject: ExportSubject, layout: ExportLayout): string[] {
  const given = drawnInputs(subject).map(({ input, variable }) => `'${input}': ${variable}`);
  return [
    ...numpyDraws(subject, 16),
    `[image] = generator.run(['image'], {${given.join(', ')}})  ${imageComment(subject, layout)}`,
  ];
}

function exampleOf(subject: ExportSubject, layout: ExportLayout): string {
  const lines = [
    `# Makes sixteen pictures. First: pip install ${PACKAGES}`,
    'from pathlib import Path',
    'import numpy as np',
    'import onnxruntime',
    ...(subject.image.channels === 2 ? [] : ['from PIL import Image']),
    '',
    `generator = onnxruntime.InferenceSession(Path(__file__).with_name('${generatorFile(subject)}'))`,
    ...runLines(subject, layout),
    ...sheetLines(subject, layout),
  ];
  return `${lines.join('\n')}\n`;
}

/** The generator is the first network. */
const generatorFile = ({ networks }: ExportSubject): string => networks.slice(0, 1).map(fileOf).join('');
