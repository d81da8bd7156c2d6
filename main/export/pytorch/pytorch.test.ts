import { expect, test } from 'vitest';
import { SUBJECTS, subjectNamed } from '../../bench/export-subjects.ts';
import { tensorsIn } from '../test-numbers.ts';
import { pytorch } from './index.ts';
import { pythonNames } from './names.ts';

// What PyTorch itself computes with these folders is checked by `npm run check:exports`.

test.each(SUBJECTS)('model.py of %s has a layer for every weight, of its size', async (name) => {
  const files = await pytorch.files(subjectNamed(name), { layout: 'NCHW' });
  const classes = String(files['model.py']).split(/^class /m);
  const networks = classes.filter((text) => text.includes("file = '"));
  expect(networks.length).toBe(Object.keys(files).filter((file) => file.endsWith('.safetensors')).length);
  for (const text of networks) {
    const [, file = ''] = /file = '(.*)'/.exec(text) ?? [];
    const layers = [...text.matchAll(/self\.(\w+) = (?:nn\.)?(\w+)\((\d+), (\d+)/g)];
    const sizes = Object.fromEntries(
      layers.map(([, layer = '', kind, one, two]) => [layer, { kind, one, two }]),
    );
    const tensors = tensorsIn(files[file] as Uint8Array);
    for (const [weight, { shape }] of Object.entries(tensors)) {
      const [layer = '', part] = weight.split('.');
      expect(text).toContain(`self.${layer} = `);
      const { kind, one, two } = sizes[layer] ?? {};
      const [first, second] = shape;
      if (part !== 'weight') continue;
      if (kind === 'Linear' || kind === 'Conv2d') expect([first, second]).toEqual([Number(two), Number(one)]);
      if (kind === 'ConvTranspose2d') expect([first, second]).toEqual([Number(one), Number(two)]);
    }
    const withWeights = layers.filter(([, , kind]) => kind !== 'Dropout').map(([, layer]) => layer);
    const named = new Set(Object.keys(tensors).map((weight) => weight.split('.')[0]));
    expect([...named]).toEqual(expect.arrayContaining(withWeights));
  }
});

test('names become names of Python that nothing else has', () => {
  const names = ['class', 'z', 'up-1', 'up_1', 'half', 'x', '2nd', 'start.1'];
  expect(names.map(pythonNames(names))).toEqual([
    'class_',
    'z',
    'up_1',
    'up_1_',
    'half_',
    'x_',
    '_2nd',
    'start_1',
  ]);
});
