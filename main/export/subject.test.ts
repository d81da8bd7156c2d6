import { expect, test } from 'vitest';
import { StudioError } from '../contract/index.ts';
import { initialWeights, minibatchDeviation, portableNetwork, type Network } from '../layers/index.ts';
import { EVERY_OPERATION, SUBJECTS, subjectNamed } from '../bench/export-subjects.ts';

test.each(SUBJECTS)('the export of %s holds its networks as plain data, with inputs and outputs', (name) => {
  const { networks } = subjectNamed(name);
  expect(networks[0]?.network.outputs).toHaveProperty('image');
  for (const { network, known } of networks) {
    expect(Object.keys(known.inputs)).toEqual(Object.keys(network.inputs));
    expect(Object.keys(known.outputs)).toEqual(Object.keys(network.outputs));
    const names = [...Object.keys(network.inputs), ...network.nodes.map((node) => node.name)];
    expect(names).toEqual(expect.arrayContaining(network.nodes.flatMap(({ inputs }) => inputs)));
    for (const { values } of Object.values(known.outputs)) {
      expect(values.every(Number.isFinite)).toBe(true);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1e-3);
    }
  }
});

test('the network of every operation has all but those of training and of virtual batch norm', () => {
  const { nodes } = portableNetwork(
    EVERY_OPERATION,
    initialWeights(EVERY_OPERATION, { seed: 1, firstStep: 0 }),
  );
  expect([...new Set(nodes.map(({ operation }) => operation))].sort()).toEqual([
    'activation',
    'add',
    'average-pool',
    'batch-norm',
    'concat',
    'conv',
    'dense',
    'dropout',
    'global-average-pool',
    'group-norm',
    'multiply',
    'noise',
    'pixel-shuffle',
    'reshape',
    'transposed-conv',
    'upsample',
  ]);
});

test('a layer that compares the pictures of a batch is refused by its name', () => {
  const network: Network = {
    inputs: { image: [4, 4, 1] },
    layers: [minibatchDeviation('variety', {})],
    outputs: { logit: 'variety' },
  };
  expect(() => portableNetwork(network, {})).toThrow(StudioError);
  expect(() => portableNetwork(network, {})).toThrow(
    /"variety" \(minibatch-deviation\) compares the pictures of a batch/,
  );
});
