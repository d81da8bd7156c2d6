import ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { SUBJECTS, subjectNamed } from '../../bench/export-subjects.ts';
import type { Numbers } from '../../layers/index.ts';
import { parseCheckFile, type CheckFile } from '../../export-checks/index.ts';
import type { Files } from '../exporter.ts';
import { largestDifference, rangeOf, repeated } from '../test-numbers.ts';
import { onnx } from './index.ts';

type CheckedNetwork = CheckFile['networks'][number];

async function run(files: Files, { file, inputs, outputs }: CheckedNetwork, rows: number) {
  const session = await ort.InferenceSession.create(files[file] as Uint8Array);
  const feeds = Object.entries(inputs).map(([name, numbers]) => {
    const { values, shape } = repeated(numbers, rows);
    return [name, new ort.Tensor('float32', values, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  expect(Object.keys(results)).toEqual(Object.keys(outputs));
  await session.release();
  return Object.entries(outputs).map(([name, numbers]) => {
    const { data, dims } = results[name]!;
    const found: Numbers = { shape: [...dims], values: data as Float32Array };
    return { found, wanted: repeated(numbers, rows) };
  });
}

test.each(SUBJECTS)('ONNX Runtime computes what the studio does with %s, in both layouts', async (name) => {
  const subject = subjectNamed(name);
  for (const layout of ['NCHW', 'NHWC'] as const) {
    const files = await onnx.files(subject, { layout });
    for (const network of parseCheckFile(String(files['check.json'])).networks) {
      for (const rows of [1, 2, 5]) {
        for (const { found, wanted } of await run(files, network, rows)) {
          expect(found.shape).toEqual(wanted.shape);
          if (rows > 1) expect(rangeOf(found)).toBeGreaterThan(1e-3);
          expect(largestDifference(found, wanted)).toBeLessThan(1e-5);
        }
      }
    }
  }
});

test('ONNX cannot tell an input from an output of the same name, so such a network is refused', () => {
  const subject = subjectNamed('ebgan');
  const networks = subject.networks.map((one) => ({
    ...one,
    network: { ...one.network, outputs: { image: 'image' } },
  }));
  expect(() => onnx.files({ ...subject, networks }, { layout: 'NCHW' })).toThrow(
    /discriminator takes and gives "image"/,
  );
});
