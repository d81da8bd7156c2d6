import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { initialWeights, portableNetwork } from '../../layers/index.ts';
import { TOLERANCE } from '../../export-checks/index.ts';
import type { ExportSubject } from '../exporter.ts';
import { EVERY_OPERATION, SUBJECTS, subjectNamed } from '../../bench/export-subjects.ts';
import { elementOf, openPage, runningOf } from '../../export-checks/page.ts';
import { largestDifference as differenceOf } from '../../export-checks/serve.ts';
import { folded } from './folded.ts';
import { html } from './index.ts';
import type { Rows } from './page/model.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-html-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function exported(subject: ExportSubject): Promise<string> {
  const files = await html.files(subject, { layout: 'NHWC' });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  return path.join(
    folder,
    Object.keys(files).find((name) => name.endsWith('.html'))!,
  );
}

/** Infinity if the other has another count of numbers, or one is NaN or infinite. */
function largestDifference({ values }: Rows, other: Rows | undefined): number {
  if (!other || other.values.length !== values.length) return Infinity;
  const differences = Array.from(values, (value, index) => Math.abs(value - (other.values[index] ?? NaN)));
  return differences.every(Number.isFinite)
    ? differences.reduce((one, next) => Math.max(one, next), 0)
    : Infinity;
}

/** The rows, three times over. */
const threefold = ({ shape: [rows = 0, ...shape], values }: Rows): Rows => ({
  shape: [3 * rows, ...shape],
  values: [1, 2, 3].flatMap(() => Array.from(values)),
});
const allThreefold = (all: Record<string, Rows>) =>
  Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, threefold(rows)]));

describe.each(SUBJECTS)('the page of %s', (name) => {
  test('computes what the app computes, for any number of rows', async () => {
    const subject = subjectNamed(name);
    const file = await exported(subject);
    expect(await differenceOf(folder, openPage)).toBeLessThan(TOLERANCE);

    const running = await runningOf(fs.readFileSync(file, 'utf8'));
    expect(running.backend).toBe('wasm');
    for (const { name: player, known } of subject.networks) {
      const answers = await running.run(player, allThreefold(known.inputs));
      for (const [output, numbers] of Object.entries(known.outputs))
        expect(largestDifference(threefold(numbers), answers[output])).toBeLessThan(TOLERANCE);
    }
  });
});

describe('a page', () => {
  test('has a policy that lets only its own scripts and style in, and nothing out', async () => {
    const page = fs.readFileSync(await exported(subjectNamed('conditional')), 'utf8');
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const rules = Object.fromEntries(
      policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
    );
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = page.slice(page.indexOf('<style>') + '<style>'.length, page.indexOf('</style>'));
    expect(rules).toEqual({
      'default-src': ["'none'"],
      'script-src': [hash(elementOf(page, 'engine')), hash(elementOf(page, 'page')), "'wasm-unsafe-eval'"],
      'style-src': [hash(style)],
      'img-src': ['data:', 'blob:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    });
    expect(/ (src|style|on[a-z]+)="/.exec(page)?.[0]).toBeUndefined();
    expect(page.match(/ href="[^"]*/g)?.filter((link) => !link.startsWith(' href="data:'))).toEqual([]);
  });

  test('is titled with the name of the run, whatever that is', async () => {
    const subject = { ...subjectNamed('dcgan'), name: '</title><script>alert("$&")</script> %engine%' };
    const page = fs.readFileSync(await exported(subject), 'utf8');
    const title = '&lt;/title>&lt;script>alert(&quot;$&amp;&quot;)&lt;/script> %engine%';
    expect(page.includes(`<title>${title}`)).toBe(true);
    expect(JSON.parse(elementOf(page, 'model'))).toMatchObject({
      name: subject.name,
      gan: 'DCGAN',
      step: 10,
    });
  });

  test('runs without WebAssembly too', async () => {
    const { networks, ...rest } = subjectNamed('every operation');
    const page = fs.readFileSync(await exported({ networks, ...rest }), 'utf8');
    const running = await runningOf(page, 'cpu');
    expect(running.backend).toBe('cpu');
    for (const { name, known } of networks) {
      const answers = await running.run(name, known.inputs);
      for (const [output, numbers] of Object.entries(known.outputs))
        expect(largestDifference(numbers, answers[output])).toBeLessThan(TOLERANCE);
    }
  });

  test('with a changed weight fails the check', async () => {
    const file = await exported(subjectNamed('mlp'));
    const page = fs.readFileSync(file, 'utf8');
    const weights = elementOf(page, 'weights');
    const numbers = new Float32Array(new Uint8Array(Buffer.from(weights, 'base64')).buffer);
    numbers.fill(0.5, 0, 200);
    fs.writeFileSync(file, page.replace(weights, Buffer.from(numbers.buffer).toString('base64')));
    expect(await differenceOf(folder, openPage)).toBeGreaterThan(TOLERANCE);
  });

  test.each(['conditional', 'mlp, uniform z'])(
    'of %s has a README whose lines make a picture in its console',
    async (name) => {
      const subject = { ...subjectNamed(name), classes: ['x](y)[', '<img>\n'] };
      const page = await exported(subject);
      const readme = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
      expect(readme).toContain('0. x\\](y)\\[\n1. \\<img\\>');
      const [, lines = ''] = /```javascript\n(.*?)```/s.exec(readme) ?? [];
      const ganModel = await runningOf(fs.readFileSync(page, 'utf8'));
      const run = vm.runInNewContext(`(async () => { ${lines}\nreturn image; })`, {
        ganModel,
      }) as () => Promise<{
        shape: number[];
      }>;
      expect([...(await run()).shape]).toEqual([1, 28, 28, 1]);
    },
  );

  test('comes with an example that runs in Node', async () => {
    await exported(subjectNamed('conditional'));
    const printed = execFileSync(process.execPath, [path.join(folder, 'example.mjs')], { encoding: 'utf8' });
    expect(printed).toBe('image [ 2, 28, 28, 1 ]\n');
  });
});

test('upsampling, batch norms and what only training needs are gone where a kernel can do their work', () => {
  const weights = initialWeights(EVERY_OPERATION, { seed: 1, firstStep: 0 });
  const { nodes } = portableNetwork(EVERY_OPERATION, weights);
  const fewer = folded({ ...EVERY_OPERATION, nodes }).nodes.map(({ operation }) => operation);
  expect(fewer.filter((operation) => operation === 'dropout' || operation === 'noise')).toEqual([]);
  const count = (all: readonly string[], name: string) =>
    all.filter((operation) => operation === name).length;
  const before = nodes.map(({ operation }) => operation);
  expect(count(fewer, 'upsample')).toBe(count(before, 'upsample') - 1);
  const subject = subjectNamed('dcgan').networks[0]!.network;
  expect(count(subject.nodes.map(({ operation }) => operation), 'batch-norm')).toBeGreaterThan(1); // prettier-ignore
  expect(count(folded(subject).nodes.map(({ operation }) => operation), 'batch-norm')).toBe(1); // prettier-ignore
});
