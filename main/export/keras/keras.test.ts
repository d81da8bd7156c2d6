/** A .keras file holds the model's configuration, and the weights where Keras looks for them. */
import { createHash } from 'node:crypto';
import h5wasm from 'h5wasm';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { StudioError } from '../../contract/index.ts';
import {
  activation,
  add,
  conv,
  dense,
  flatten,
  initialWeights,
  portableNetwork,
  reconstructionError,
  type Network,
} from '../../layers/index.ts';
import type { ExportedNetwork, ExportSubject } from '../exporter.ts';
import { SUBJECTS, subjectNamed } from '../../bench/export-subjects.ts';
import { keras } from './index.ts';

const REFUSED = 'dcgan, virtual batch norm';
/** Both have virtual batch normalisation. */
const NOT_IN_KERAS = [REFUSED, 'rare operations'];
const filesOf = (subject: ExportSubject) => keras.files(subject, { layout: 'NCHW' });

type Config = {
  config: {
    layers: { class_name: string; name: string; config: { name: string } }[];
    input_layers: unknown;
    output_layers: unknown;
  };
};

/** The parts of a .keras file that Keras reads. */
async function opened(file: unknown): Promise<{ config: Config; weights: Record<string, Float32Array> }> {
  const parts = unzipSync(file as Uint8Array);
  expect(Object.keys(parts)).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
  expect(JSON.parse(strFromU8(parts['metadata.json']!))).toHaveProperty('keras_version');
  const { FS } = await h5wasm.ready;
  FS.writeFile('/weights.h5', parts['model.weights.h5']!);
  const h5 = new h5wasm.File('/weights.h5', 'r');
  const weights: Record<string, Float32Array> = {};
  for (const path of h5.paths()) {
    const held = h5.get(path);
    if (held instanceof h5wasm.Dataset)
      weights[`${path} [${held.shape!.join(', ')}]`] = held.value as Float32Array;
  }
  h5.close();
  return { config: JSON.parse(strFromU8(parts['config.json']!)) as Config, weights };
}

function subjectOf(network: Network): ExportSubject {
  const weights = initialWeights(network, { seed: 1, firstStep: 0 });
  const one: ExportedNetwork = {
    name: 'network',
    network: portableNetwork(network, weights),
    known: { inputs: {}, outputs: {} },
  };
  return { ...subjectNamed('mlp'), networks: [one] };
}

test.each(SUBJECTS.filter((name) => !NOT_IN_KERAS.includes(name)))(
  'the .keras files of %s hold every weight of every network',
  async (name) => {
    const subject = subjectNamed(name);
    const files = await filesOf(subject);
    for (const { name: player, network } of subject.networks) {
      const { config, weights } = await opened(files[`${player}.keras`]);
      const names = config.config.layers.map((layer) => layer.name);
      expect(new Set(names).size).toBe(names.length);
      expect(config.config.input_layers).toEqual(Object.keys(network.inputs).map((input) => [input, 0, 0]));
      const held = network.nodes.flatMap((node) =>
        Object.values('weights' in node ? node.weights : {}).filter((weight) => weight !== undefined),
      );
      const sorted = (all: readonly Float32Array[]) =>
        all.map((values) => createHash('sha1').update(values).digest('hex')).sort();
      expect(sorted(Object.values(weights))).toEqual(sorted(held.map(({ values }) => values)));
    }
  },
);

test('the same model makes the same bytes', async () => {
  const [once, again] = [await filesOf(subjectNamed('bigan')), await filesOf(subjectNamed('bigan'))];
  expect(once).toEqual(again);
  expect(Object.keys(once)).toEqual([
    'generator.keras',
    'encoder.keras',
    'README.md',
    'check.json',
    'example.py',
  ]);
});

test('weights are counted by class in the order of Keras, the layers farthest from the output first', async () => {
  const files = await filesOf(
    subjectOf({
      inputs: { image: [4, 4, 1] },
      layers: [
        conv('short', { filters: 2, kernel: 1, stride: 1, bias: true }),
        conv('long', { filters: 3, kernel: 3, stride: 1, bias: false }, 'image'),
        activation('between', { function: 'relu' }),
        conv('longer', { filters: 2, kernel: 5, stride: 1, bias: false }),
        add('both', {}, 'short', 'longer'),
      ],
      outputs: { image: 'both' },
    }),
  );
  const { weights } = await opened(files['network.keras']);
  expect(Object.keys(weights)).toEqual([
    'layers/conv2d/vars/0 [3, 3, 1, 3]',
    'layers/conv2d_1/vars/0 [1, 1, 1, 2]',
    'layers/conv2d_1/vars/1 [2]',
    'layers/conv2d_2/vars/0 [5, 5, 3, 2]',
  ]);
});

test('several outputs are returned by name, and Keras starts from them in the order of their names', async () => {
  const files = await filesOf(
    subjectOf({
      inputs: { image: [4, 4, 1] },
      layers: [
        flatten('flat', {}),
        dense('z', { units: 6, bias: false }),
        dense('code', { units: 5, bias: false }, 'flat'),
      ],
      outputs: { z: 'z', code: 'code' },
    }),
  );
  const { config, weights } = await opened(files['network.keras']);
  expect(config.config.output_layers).toEqual({ z: ['z', 0, 0], code: ['code', 0, 0] });
  expect(Object.keys(weights)).toEqual(['layers/dense/vars/0 [16, 5]', 'layers/dense_1/vars/0 [16, 6]']);
});

test('a comparison is made of four layers', async () => {
  const files = await filesOf(
    subjectOf({
      inputs: { picture: [2, 2, 1], rebuilt: [2, 2, 1] },
      layers: [reconstructionError('from/to?', {}, 'picture', 'rebuilt')],
      outputs: { distance: 'from/to?' },
    }),
  );
  const { config } = await opened(files['network.keras']);
  expect(config.config.layers.map((layer) => `${layer.class_name} ${layer.name}`)).toEqual([
    'InputLayer picture',
    'InputLayer rebuilt',
    'Subtract from_to_.1',
    'Multiply from_to_.2',
    'Reshape from_to_.3',
    'GlobalAveragePooling1D from_to_',
  ]);
  expect(config.config.output_layers).toEqual([['from_to_', 0, 0]]);
});

test('virtual batch normalisation is refused by the name of its layer', () => {
  const refused = () => filesOf(subjectNamed(REFUSED));
  expect(refused).toThrow(StudioError);
  expect(refused).toThrow(
    expect.objectContaining({ code: 'not-portable', remedy: expect.stringContaining('ONNX') as string }),
  );
  expect(refused).toThrow(
    /The layer ".+-norm" normalises each picture together with a fixed reference batch/,
  );
});
