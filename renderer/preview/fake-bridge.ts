/** A bridge to nothing: a simulated dataset and a run of noise, so that every view can be looked at without the app. */
import {
  DEFAULT_RUN_CONFIG, StudioError, toFailure, runConfigSchema,
  type Answer, type Bridge, type CommandInput, type CommandName, type CommandOutput, type CurrentRun, type ImageBatch, type StudioEvent,
} from '#main/contract/index.ts';
import { z } from 'zod';

type Handlers = { [Name in CommandName]: (input: CommandInput<Name>) => Promise<CommandOutput<Name>> };
const params = new URLSearchParams(location.search);
const long = params.has('long');
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let listener: (events: StudioEvent[]) => void = () => undefined;
const send = (...events: StudioEvent[]) => listener(events);

function blobs({ count, size, channels, seed, blend = 1 }: { count: number; size: number; channels: 1 | 3; seed: number; blend?: number }): ImageBatch {
  const pixels = new Uint8Array(count * size * size * channels);
  for (let i = 0; i < count; i++) {
    const a = Math.sin(seed + i * 1.7) * 0.3 + 0.5;
    const b = Math.cos(seed * 1.3 + i * 2.3) * 0.3 + 0.5;
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) for (let c = 0; c < channels; c++) {
      const d = Math.hypot(x / size - a, y / size - b);
      const ring = Math.exp(-((d - 0.25 - 0.05 * c) ** 2) * 90);
      const noise = Math.random();
      pixels[((i * size + y) * size + x) * channels + c] = 255 * (ring * blend + noise * (1 - blend));
    }
  }
  return { count, size, channels, pixels };
}

let summary: CommandOutput<'dataset.open'> | undefined;
let current: CurrentRun | undefined;
let timer: ReturnType<typeof setInterval> | undefined;
const fail = (code: string, message: string, remedy: string) => new StudioError({ code, message, remedy });

function tick() {
  if (!current) return;
  const events: StudioEvent[] = [];
  const { config } = current;
  for (let i = 0; i < 12; i++) {
    const step = ++current.step;
    events.push({ type: 'losses', step, discriminator: 0.9 + 0.5 * Math.exp(-step / 200) + 0.15 * Math.random(), generator: 1.1 + Math.log1p(step) / 12 + 0.5 * Math.random() ** 2 });
    if (step % config.samples.everySteps === 0) {
      events.push({ type: 'samples', step, file: `samples/${step}.png`, images: blobs({ count: config.samples.count, size: config.dataset.options.size, channels: config.dataset.options.colour === 'rgb' ? 3 : 1, seed: 3, blend: Math.min(0.95, step / 800) }) });
    }
  }
  events.push({ type: 'progress', step: current.step, steps: config.steps, epoch: current.step * config.batch / 1000, imagesSeen: current.step * config.batch, imagesPerSecond: 786.3, secondsLeft: (config.steps - current.step) / 12 });
  if (current.step % 500 < 12) events.push({ type: 'checkpoint-saved', step: current.step, file: 'x' });
  if (params.has('fail') && current.step > 300) {
    clearInterval(timer);
    current.status = 'failed';
    events.push({ type: 'run-state', status: 'failed', step: current.step, failure: { code: 'loss-not-finite', message: 'The loss of D became not a number at step 301.', remedy: 'Lower the learning rate of D, or choose another loss, and start again.' } });
  }
  if (params.has('crash') && current.step > 300) {
    clearInterval(timer);
    events.push({ type: 'host-crashed', host: 'trainer', failure: { code: 'trainer-ended', message: 'The training process ended with exit code 139.', remedy: 'Start again; if it happens once more, try a smaller batch.' } });
  }
  send(...events);
}

const handlers: Handlers = {
  'studio.about': async () => ({ version: '0.1.0', electron: '22', runsFolder: '/home/me/runs' }),
  'dataset.choose': async () => ({ path: long ? '/home/someone/Pictures/A very long folder name that goes on and on/until it does not fit/images of all the things' : '/home/me/Pictures/tiles' }),
  'dataset.open': async ({ source, options }) => {
    if (params.has('slow')) {
      for (let i = 0; i < 3000; i += 37) { send({ type: 'dataset-progress', stage: 'decoding', done: i, total: 3000 }); await wait(60); }
    } else await wait(60);
    if (source.kind === 'folder' && params.has('bad')) throw fail('no-folder', 'The folder “tiles” cannot be read: permission denied.', 'Give your user read access to it, or choose another folder.');
    const name = source.kind === 'built-in' ? (source.name === 'digits' ? 'Digits' : 'Emoji') : (source.path.split('/').pop() ?? '');
    const folder = source.kind === 'folder';
    summary = {
      id: JSON.stringify([source, options]), source, options, name, count: params.has('none') ? 0 : folder ? 1234 : 1000, filesSeen: folder ? 1262 : 1000,
      leftOut: folder ? [
        ...Array.from({ length: 22 }, (_, i) => ({ file: `notes/readme-with-quite-a-long-name-${i}.txt`, reason: 'not-an-image' as const, detail: 'Its first bytes are those of no image format.' })),
        { file: 'scans/huge.png', reason: 'too-large', detail: '30000 x 30000 pixels; the largest is 16384 x 16384' },
        { file: 'a/b/c/broken.jpg', reason: 'damaged', detail: 'The file ends after 4,096 of 120,000 bytes.' },
      ] : [],
      originalSizes: folder ? { smallest: [31, 40], median: [800, 575], largest: [4032, 3024] } : { smallest: [28, 28], median: [28, 28], largest: [28, 28] },
      formats: folder ? { JPEG: 1100, PNG: 120, WebP: 14 } : { PNG: 1000 },
    };
    return summary;
  },
  'dataset.cancel': async () => ({}),
  'dataset.thumbnails': async ({ from, count }) => blobs({ count, size: summary!.options.size, channels: summary!.options.colour === 'rgb' ? 3 : 1, seed: from + 1 }),
  'runs.list': async () => (params.has('noruns') ? [] : Array.from({ length: 4 }, (_, i) => ({
    folder: `/home/me/runs/run-${i}`, name: i === 1 ? 'A run with a name that is far too long to be shown in one line of this list' : `Digits ${i}`, status: (['finished', 'stopped', 'failed', 'paused'] as const)[i]!, step: 20000 - i * 3000, steps: 20000, gan: 'dcgan', size: 28, changed: Date.now() - i * 4e6,
  }))),
  'catalogue.list': async () => ({
    gans: [
      { kind: 'dcgan', label: 'DCGAN', summary: 'Convolutional D, transposed-convolution G.', paper: { title: 'x', url: 'https://x' }, options: z.toJSONSchema(z.object({ width: z.number().int().min(8).max(256).default(64).describe('Channels of the widest layer.'), answer: z.enum(['sigmoid', 'softmax']).default('sigmoid') })) },
      { kind: 'mlp', label: 'Multilayer perceptron', summary: 'The smallest GAN that works; for digits.', paper: { title: 'x', url: 'https://x' }, options: z.toJSONSchema(z.object({ hidden: z.number().int().min(8).max(2048).default(256), spectral: z.boolean().default(false).describe('Spectral normalisation in D.') })) },
    ],
    losses: [
      { kind: 'non-saturating', label: 'Non-saturating', summary: 'G ascends mean log D(G(z)); its gradient is strong when D wins.', paper: { title: 'x', url: 'https://x' }, options: {} },
      { kind: 'least-squares', label: 'Least squares', summary: 'Squared distance to the labels.', paper: { title: 'x', url: 'https://x' }, options: {} },
    ],
  }),
  'run.start': async ({ config }) => {
    runConfigSchema.parse(config);
    if (params.has('refuse')) throw fail('batch-too-large', 'A batch of 64 is more than the 12 images of the dataset.', 'Set the batch to 12 or less, or add images.');
    send({ type: 'run-state', status: 'starting', step: 0 });
    await wait(400);
    current = { folder: '/home/me/runs/digits', config, status: 'training', step: Number(params.get('at') ?? 0) };
    send({ type: 'run-state', status: 'training', step: current.step });
    if (params.has('burst')) for (let i = 0; i < Number(params.get('burst')); i++) tick();
    clearInterval(timer);
    timer = setInterval(tick, 100);
    return { ...current };
  },
  'run.open': async ({ folder }) => {
    current = { folder, config: { ...DEFAULT_RUN_CONFIG, name: 'Digits 0' }, status: 'finished', step: 20000 };
    send({ type: 'run-state', status: 'finished', step: 20000 });
    return current;
  },
  'run.pause': async () => state('paused'),
  'run.continue': async () => { timer = setInterval(tick, 100); return state('training'); },
  'run.stop': async () => state('stopped'),
  'latent.interpolate': async ({ from, to, positions }) => {
    if (params.has('nolatent')) throw fail('no-generator', 'There is no generator in the trainer.', 'Start a run or open an earlier one.');
    await wait(30);
    const size = current!.config.dataset.options.size;
    const all = positions.map((t) => blobs({ count: 1, size, channels: 1, seed: from % 10 + t * ((to % 10) - (from % 10)) }));
    const pixels = new Uint8Array(all.length * size * size);
    all.forEach((each, i) => pixels.set(each.pixels, i * size * size));
    return { count: all.length, size, channels: 1, pixels };
  },
  'export.chooseFolder': async () => ({ path: '/home/me/Documents' }),
  'export.chooseFile': async ({ name }) => ({ path: `/home/me/Documents/${name}` }),
  'export.generator': async ({ folder }) => {
    await wait(300);
    if (params.has('full')) throw fail('disk-full', 'There is no room left on the disk: 12 MB needed, 3 MB free.', 'Free some room or choose another disk.');
    return { folder: `${folder}/digits-generator`, files: [{ name: 'model.json', bytes: 9812 }, { name: 'group1-shard1of1.bin', bytes: 12_345_678 }, { name: 'README.md', bytes: 2100 }, { name: 'example.html', bytes: 3400 }] };
  },
  'export.sheet': async ({ file }) => ({ file, bytes: 123_456 }),
  'studio.reveal': async () => { throw fail('gone', 'That folder is no longer there.', ''); },
};

function state(status: CurrentRun['status']): CurrentRun {
  if (status !== 'training') clearInterval(timer);
  current = { ...current!, status };
  send({ type: 'run-state', status, step: current.step });
  return current;
}

export const fakeBridge: Bridge = {
  async request({ name, input }): Promise<Answer> {
    try {
      // Commands and inputs come from the renderer's own typed calls.
      const handler = handlers[name] as (input: unknown) => Promise<unknown>;
      return { ok: true, output: structuredClone(await handler(structuredClone(input))) };
    } catch (error) {
      return { ok: false, failure: toFailure(error) };
    }
  },
  subscribe(next) {
    listener = next;
    return () => undefined;
  },
};
