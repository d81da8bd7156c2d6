/** ONNX: one .onnx file for each network, opset 17, for any number of rows. */
import type { ExportLayout } from '../../contract/index.ts';
import { checkFile } from '../check-file.ts';
import type { ExportedNetwork, Exporter, ExportSubject } from '../exporter.ts';
import { drawnInputs, numpyDraws, sheetLines } from '../python-lines.ts';
import { batchShape, outputShapes, readmeOf } from '../readme.ts';
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

function loadLines(subject: ExportSubject, layout: ExportLayout): string[] {
  return [
    'import numpy as np',
    'import onnxruntime',
    '',
    "generator = onnxruntime.InferenceSession('generator.onnx')",
    ...runLines(subject, layout),
  ];
}

/** Sixteen pictures as the array `image`. */
function runLines(subject: ExportSubject, layout: ExportLayout): string[] {
  const given = drawnInputs(subject).map(({ input, variable }) => `'${input}': ${variable}`);
  const [generator] = subject.networks;
  const shape = generator ? outputShapes(generator)['image'] : undefined;
  return [
    ...numpyDraws(subject, 16),
    `[image] = generator.run(['image'], {${given.join(', ')}})  # ${batchShape(shape ?? [], layout)} in [-1, 1]`,
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
    "generator = onnxruntime.InferenceSession(Path(__file__).with_name('generator.onnx'))",
    ...runLines(subject, layout),
    ...sheetLines(subject, layout),
  ];
  return `${lines.join('\n')}\n`;
}
