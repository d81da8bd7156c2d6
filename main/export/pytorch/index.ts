/**
 * The format PyTorch: model.py, with a class for each network to read, run and train, and weights as
 * safetensors.
 */
import { encodeSafetensors } from '../../safetensors.ts';
import { checkFile } from '../check-file.ts';
import type { ExportedNetwork, Exporter, ExportSubject } from '../exporter.ts';
import { drawnInputs, imageComment, oneLine, sheetLines, torchDraws } from '../python-lines.ts';
import { readmeOf } from '../readme.ts';
import { moduleOf, type Module } from './module.ts';
import { className } from './names.ts';
import { LOADING, PIECES } from './pieces.ts';

export const pytorch: Exporter = {
  files(subject) {
    const modules = subject.networks.map((one) => ({ one, module: moduleOf(one, fileOf(one)) }));
    return {
      'model.py': modelOf(
        subject,
        modules.map(({ module }) => module),
      ),
      ...Object.fromEntries(
        modules.map(({ one, module: { state } }) => [
          fileOf(one),
          encodeSafetensors(state, { format: 'pt' }),
        ]),
      ),
      'example.py': exampleOf(subject),
      'README.md': readmeOf(subject, {
        format: 'pytorch',
        layout: 'NCHW',
        files: [
          {
            name: 'model.py',
            text: 'a class for each network, and `load`; it needs PyTorch and nothing else',
          },
          ...subject.networks.map((one) => ({
            name: fileOf(one),
            text: `the weights of ${className(one.name)}`,
          })),
          { name: 'example.py', text: 'makes sixteen pictures' },
        ],
        language: 'python',
        install: 'pip install torch numpy pillow',
        load: loadLines(subject),
        notes: NOTES,
      }),
      'check.json': checkFile(subject, { layout: 'NCHW', fileOf }),
    };
  },
};

const NOTES = [
  'To train it further, call `.train()`: batch normalisation, dropout and noise then do what they did in GAN Studio. ' +
    'What only training needs is not included: the losses, the penalties, and spectral normalisation, which the ' +
    'weights already contain.',
  '`nn.Module.state_dict` has the same names as the safetensors files, so `safetensors.torch.load_file` and ' +
    '`save_file` work with them too. Reshapes keep the order [height, width, channels] that the weights were trained in.',
];

const fileOf = ({ name }: Pick<ExportedNetwork, 'name'>): string => `${name}.safetensors`;

function modelOf({ name, gan, loss, step }: ExportSubject, modules: readonly Module[]): string {
  const pieces = [...new Set(modules.flatMap((module) => module.pieces))].map((piece) => PIECES[piece]);
  const title = oneLine(name).replace(/["\\]/g, '\\$&');
  const blocks = [
    `"""The networks of "${title}": ${gan} with the ${loss} loss, trained for ${step} steps in GAN Studio."""\n` +
      ['import json', 'from pathlib import Path', '', 'import torch', 'from torch import nn'].join('\n') +
      '\nfrom torch.nn import functional as F',
    ...pieces,
    ...modules.map(({ lines }) => lines.join('\n')),
    LOADING,
  ];
  return `${blocks.join('\n\n\n')}\n`;
}

/** Lines that make sixteen pictures, the tensor `image`. */
function runLines(subject: ExportSubject): string[] {
  const [generator] = subject.networks;
  const others = Object.keys(generator?.network.outputs ?? {}).slice(1);
  return [
    ...torchDraws(subject, 16),
    'with torch.inference_mode():',
    `    ${['image', ...others.map(() => '_')].join(', ')} = generator(${drawnInputs(subject)
      .map(({ variable }) => variable)
      .join(', ')})  ${imageComment(subject, 'NCHW')}`,
  ];
}

function loadLines(subject: ExportSubject): string[] {
  const kind = className(subject.networks[0]?.name ?? '');
  return [
    'import torch',
    `from model import ${kind}, load`,
    '',
    `generator = load(${kind})`,
    ...runLines(subject),
  ];
}

function exampleOf(subject: ExportSubject): string {
  const [one, two, ...rest] = loadLines(subject);
  const lines = [
    '# Makes sixteen pictures. First: pip install torch numpy pillow',
    one,
    ...(subject.image.channels === 2 ? [] : ['from PIL import Image']),
    two,
    ...rest,
    'image = image.numpy()',
    ...sheetLines(subject, 'NCHW'),
  ];
  return `${lines.join('\n')}\n`;
}
