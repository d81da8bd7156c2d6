/** The lab offers the GANs that fit points, and says of the others why they do not. */
import { expect, test } from 'vitest';
import { LAB_CONFIG, type Catalogue, type Failure } from '#main/contract/index.ts';
import { LabGans } from './lab-gans.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { fakeApi } from './test-api.ts';

const refusal: Failure = { code: 'senseless', message: 'It makes images.', remedy: 'Choose another.' };
const entry = (kind: string, recommends = {}) => ({
  kind,
  label: kind,
  summary: `What ${kind} is.`,
  recommends,
});

function gansWith(answer: (kind: string) => Promise<Failure | null>) {
  const { api, asked } = fakeApi({ 'run.check': ({ config }) => answer(config.gan.kind) });
  const settings = new Settings(api, LAB_CONFIG);
  settings.catalogue = {
    gans: [entry('mlp'), entry('wgan', { loss: { kind: 'wasserstein', options: {} }, batch: 64 })],
  } as unknown as Catalogue;
  return { asked, settings, gans: new LabGans({ api, settings }) };
}

test('a GAN that does not fit says why, and each is asked about once', async () => {
  const { gans, asked } = gansWith(async (kind) => (kind === 'wgan' ? refusal : null));
  expect(gans.items.map(({ disabled }) => disabled)).toEqual([false, false]);
  await gans.ask();
  await gans.ask();
  expect(asked).toHaveLength(2);
  expect(gans.items).toMatchObject([
    { value: 'mlp', description: 'What mlp is.', disabled: false },
    { value: 'wgan', description: 'It makes images.', disabled: true },
  ]);
});

test('after the trainer has ended, it is asked again', async () => {
  let gone = true;
  const { gans } = gansWith(async () => {
    if (gone) throw new Error('gone');
    return refusal;
  });
  await gans.ask();
  expect(gans.items.some(({ disabled }) => disabled)).toBe(false);
  gone = false;
  await gans.ask();
  expect(gans.items.every(({ disabled }) => disabled)).toBe(true);
});

test('a GAN brings its loss and leaves batch and learning rates; the lab’s first GAN restores the first settings', () => {
  const { gans, settings } = gansWith(async () => null);
  gans.choose('wgan');
  expect(settings.draft).toMatchObject({
    gan: { kind: 'wgan', options: {} },
    loss: { kind: 'wasserstein' },
    stabilisers: [],
    batch: LAB_CONFIG.batch,
    z: LAB_CONFIG.z,
  });
  gans.choose('mlp');
  expect({ ...settings.draft }).toEqual(LAB_CONFIG);
});
