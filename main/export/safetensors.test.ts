import { expect, test } from 'vitest';
import { subjectNamed } from '../bench/export-subjects.ts';
import { safetensors } from './safetensors.ts';
import { tensorsIn } from './test-numbers.ts';

test('the file holds the averaged and the last weights of every network, bit for bit', async () => {
  const subject = subjectNamed('bigan');
  const [first = ''] = Object.keys(subject.weights.current);
  const { shape, values } = subject.weights.current[first]!;
  subject.weights.current[first] = { shape, values: values.map((value) => value + 1) };

  const files = await safetensors.files(subject, { layout: 'NHWC' });
  const found = tensorsIn(files['weights.safetensors'] as Uint8Array);
  expect(Object.keys(found)).toEqual([
    ...Object.keys(subject.weights.averaged).map((name) => `averaged/${name}`),
    ...Object.keys(subject.weights.current).map((name) => `current/${name}`),
  ]);
  for (const [kind, weights] of Object.entries(subject.weights)) {
    for (const [name, numbers] of Object.entries(weights)) expect(found[`${kind}/${name}`]).toEqual(numbers);
  }
});
