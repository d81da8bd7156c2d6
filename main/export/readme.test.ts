import { expect, test } from 'vitest';
import { subjectNamed } from '../bench/export-subjects.ts';
import { readmeOf, type ReadmeParts } from './readme.ts';

const PARTS: ReadmeParts = {
  format: 'onnx',
  layout: 'NCHW',
  files: [{ name: 'generator.onnx', text: 'the generator' }],
  language: 'python',
  load: ['print(1)'],
};

test('a README says files, how to load, shapes, ranges, classes and uses', () => {
  const text = readmeOf(subjectNamed('conditional, 32 px'), PARTS);
  expect(text).toContain('| `generator.onnx` | the generator |');
  expect(text).toContain('```python\nprint(1)\n```');
  expect(text).toContain('| generator | gives | `image` | [rows, 3, 32, 32] | a picture, from -1 (black)');
  expect(text).toContain('0. cats\n1. dogs\n2. owls');
  expect(text).toContain('- Make pictures: `z`, `class` → generator → `image`');
  expect(readmeOf(subjectNamed('mlp, points of the plane'), { ...PARTS, layout: 'NHWC' })).toContain(
    '| [rows, 1, 1, 2] | x and y of a point of the plane',
  );
});

test('names that a person typed are plain text in a README, never markup', () => {
  const subject = { ...subjectNamed('mlp'), name: 'a\n# b <img> [c](d)', classes: ['*e*\n'] };
  const text = readmeOf(subject, PARTS);
  expect(text.split('\n')[0]).toBe('# a \\# b \\<img\\> \\[c\\](d), for ONNX');
  expect(text).toContain('0. \\*e\\* \n');
});
