import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { greyPng, hugePng, TEST_IMAGES } from '../pictures/test-pictures.ts';
import { createDecoders, type Decoders } from './decoders.ts';
import { decoderChildren } from './decoder-process.ts';
import type { DecoderLimits } from './pool.ts';

const REAL = fileURLToPath(new URL('../../build/test/decoder.cjs', import.meta.url));
const HEIC = fileURLToPath(new URL('../reference/pictures/heic-tiles.heic', import.meta.url));
const options: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size: 28 };

/** A decoder that speaks the protocol, and behaves as the picture's name says. */
const FAKE = `
const waiting = [];
let busy;
let asked = 0;
process.on('message', (message) => {
  if (message.type === 'go' && busy.startsWith('twice') && ++asked % 2 === 1) return process.send({ type: 'large', pixels: 45e6 });
  if (message.type === 'go') return answer(busy);
  waiting.push(message);
  if (busy === undefined) next();
});
function next() {
  const message = waiting.shift();
  busy = message && Buffer.from(message.path).toString();
  if (message) work(busy);
}
function work(name) {
  if (name === 'hang') for (;;);
  if (name === 'abort') process.abort();
  if (name === 'killed') process.kill(process.pid, 'SIGKILL');
  if (name === 'nonsense') return process.send({ type: 'what' });
  if (name.startsWith('once ')) {
    const file = name.slice(5);
    if (!require('fs').existsSync(file)) { require('fs').writeFileSync(file, ''); process.abort(); }
  }
  if (name.startsWith('large') || name.startsWith('twice')) return process.send({ type: 'large', pixels: 40e6 });
  if (name.startsWith('slow')) return setTimeout(() => answer(name), 150);
  answer(name);
}
function answer(name) {
  const picture = { pixels: Buffer.from(name + ' ' + process.pid), format: 'PNG', original: { width: 8, height: 8 }, notes: [], sha256: '' };
  process.send({ type: 'prepared', picture, memory: 1000 });
  next();
}
process.on('disconnect', () => process.exit());
process.send({ type: 'ready' });
`;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'gan-studio-decoders-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function pool(
  script: string,
  { count = 2, ...limits }: Partial<DecoderLimits> & { count?: number } = {},
): Decoders {
  const file = join(folder(), 'decoder.cjs');
  writeFileSync(file, script);
  return opened(
    createDecoders({
      start: decoderChildren(file),
      count,
      limits: { milliseconds: 20_000, millisecondsPerMegapixel: 500, idleMilliseconds: 30_000, ...limits },
    }),
  );
}

function opened(decoders: Decoders): Decoders {
  onTestFinished(() => decoders.close());
  return decoders;
}

const ask = (decoders: Decoders, name: string, signal?: AbortSignal) =>
  decoders.prepare({ path: Buffer.from(name), options, signal });

async function said(decoders: Decoders, name: string): Promise<string> {
  const outcome = await ask(decoders, name);
  return 'reason' in outcome ? outcome.reason : Buffer.from(outcome.pixels).toString().replace(/ \d+$/, '');
}

test('a picture that hangs the decoder is left out at the deadline, and the others go on', async () => {
  const decoders = pool(FAKE, { milliseconds: 1500 });
  expect(await Promise.all(['a', 'hang', 'b', 'c', 'd'].map((name) => said(decoders, name)))).toEqual([
    'a',
    'too-slow',
    'b',
    'c',
    'd',
  ]);
  expect(decoders.tally).toMatchObject({ deadlines: 1, aborts: 0, memory: 1000 });
  expect(await said(decoders, 'e')).toBe('e');
});

test('a picture that crashes the decoder is tried twice, then left out; too much memory has a reason of its own', async () => {
  const decoders = pool(FAKE);
  expect(
    await Promise.all(['a', 'abort', 'killed', 'nonsense', 'b'].map((name) => said(decoders, name))),
  ).toEqual(['a', 'crashed', 'too-large', 'crashed', 'b']);
  expect(decoders.tally.aborts).toBe(3);
});

test('a picture whose decoder ended for another reason is decoded by the next one', async () => {
  const decoders = pool(FAKE);
  const name = `once ${join(folder(), 'tried')}`;
  expect(await said(decoders, name)).toBe(name);
  expect(decoders.tally.aborts).toBe(0);
});

test('cancelling answers at once, whatever a decoder does, and the pool goes on', async () => {
  const decoders = pool(FAKE);
  await said(decoders, 'a');
  const stop = new AbortController();
  const hanging = Promise.allSettled(
    ['hang', 'hang', 'waiting'].map((name) => ask(decoders, name, stop.signal)),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const start = performance.now();
  stop.abort();
  expect(
    (await hanging).map(({ status, ...rest }) => [
      status,
      (rest as { reason?: { code: string } }).reason?.code,
    ]),
  ).toEqual(Array(3).fill(['rejected', 'cancelled']));
  expect(performance.now() - start).toBeLessThan(200);
  await expect(ask(decoders, 'late', stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await said(decoders, 'b')).toBe('b');
});

test('when all jobs are cancelled, an idle process ends as well', async () => {
  const decoders = pool(FAKE, { count: 2 });
  const outcomes = await Promise.all(['slow1', 'slow2'].map((name) => ask(decoders, name)));
  const pids = outcomes.map(pidOf);
  const stop = new AbortController();
  const hanging = ask(decoders, 'hang', stop.signal);
  stop.abort();
  await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => pids.some(isAlive)).toBe(false);
});

test('closing ends every process and rejects pending requests', async () => {
  const decoders = pool(FAKE);
  const pid = pidOf(await ask(decoders, 'a'));
  const hanging = ask(decoders, 'hang');
  decoders.close();
  await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('large pictures wait until they fit into the budget together', async () => {
  const decoders = pool(FAKE, { count: 3 });
  expect(
    await Promise.all(['large 1', 'large 2', 'a', 'large 3'].map((name) => said(decoders, name))),
  ).toEqual(['large 1', 'large 2', 'a', 'large 3']);
});

test('a picture with several large pages asks for each, and holds nothing of the budget while it waits', async () => {
  const decoders = pool(FAKE, { count: 2 });
  const names = ['twice 1', 'twice 2', 'large', 'a'];
  expect(await Promise.all(names.map((name) => said(decoders, name)))).toEqual(names);
});

test('at most `count` processes run, each with one picture at a time, and they end when idle', async () => {
  const decoders = pool(FAKE, { count: 2, idleMilliseconds: 100 });
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(decoders, `slow${index}`)));
  const pids = new Set(outcomes.map(pidOf));
  expect(pids.size).toBe(2);
  await expect.poll(() => [...pids].some(isAlive)).toBe(false);
  expect(await said(decoders, 'again')).toBe('again');
});

test('a process that does not start is reported, and not started forever', async () => {
  const decoders = pool('process.exit(3)');
  await expect(ask(decoders, 'a')).rejects.toMatchObject({
    code: 'decoder-broken',
    message: expect.stringContaining('code 3') as string,
  });
});

test('the real process prepares pictures, names those that it cannot, and decodes a PNG without conversion', async () => {
  const decoders = opened(createDecoders({ start: decoderChildren(REAL) }));
  const place = folder();
  const add = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(place, name), bytes);
    return join(place, name);
  };
  const jpeg = await ask(decoders, join(TEST_IMAGES, 'rgb.jpg'));
  expect(jpeg).toMatchObject({ format: 'JPEG', original: { width: 48, height: 32 }, notes: [] });
  expect('pixels' in jpeg && jpeg.pixels.length).toBe(28 * 28 * 3);
  expect(jpeg).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(await decoders.view({ path: Buffer.from(join(TEST_IMAGES, 'rgb.jpg')), most: 12 })).toMatchObject({
    width: 12,
    height: 8,
    channels: 3,
    original: { width: 48, height: 32 },
  });
  expect(await ask(decoders, HEIC)).toMatchObject({
    format: 'HEIC',
    original: { width: 100, height: 70 },
    notes: [],
  });
  expect(await ask(decoders, add('x.png', Buffer.from('no picture')))).toMatchObject({
    reason: 'not-an-image',
  });
  expect(await ask(decoders, join(place, 'gone.png'))).toMatchObject({
    reason: 'unreadable',
    detail: 'This file cannot be read: it is not there.',
  });
  expect(await ask(decoders, place)).toMatchObject({ reason: 'not-an-image' });
  execFileSync('mkfifo', [join(place, 'pipe.png')]);
  expect(await ask(decoders, join(place, 'pipe.png'))).toEqual({
    reason: 'not-an-image',
    detail: 'Not a regular file.',
  });
  expect(
    await decoders.pixels({ path: Buffer.from(add('grey.png', greyPng({ width: 9, height: 8 }))) }),
  ).toMatchObject({ width: 9, height: 8 });
  expect(await decoders.pixels({ path: Buffer.from(join(TEST_IMAGES, 'rgb.jpg')) })).toMatchObject({
    reason: 'unsupported',
  });
});

test('the real process reads entries of an archive', async () => {
  const decoders = opened(createDecoders({ start: decoderChildren(REAL) }));
  const path = Buffer.from(join(folder(), 'pictures.zip'));
  const [png, deflated] = [
    greyPng({ width: 9, height: 8 }),
    deflateRawSync(greyPng({ width: 9, height: 8 })),
  ];
  writeFileSync(path, Buffer.concat([png, deflated]));
  for (const part of [
    { offset: 0, stored: png.length, size: png.length, method: 'stored', crc32: crc32(png) },
    { offset: png.length, stored: deflated.length, size: png.length, method: 'deflated', crc32: crc32(png) },
  ] as const) {
    expect(await decoders.prepare({ path, part, options })).toMatchObject({ format: 'PNG' });
    expect(await decoders.pixels({ path, part })).toMatchObject({ width: 9, height: 8 });
    expect(await decoders.view({ path, part, most: 2048 })).toMatchObject({ width: 9, height: 8 });
    expect(await decoders.view({ path, part: { ...part, size: 3 }, most: 8 })).toEqual({
      reason: 'damaged',
      detail: 'This entry of the archive is damaged.',
    });
  }
});

test('a picture that takes too much memory is left out, and the next one is decoded', async () => {
  const decoders = opened(createDecoders({ start: decoderChildren(REAL, { mostBytes: 150e6 }), count: 1 }));
  const file = join(folder(), 'large.png');
  writeFileSync(file, hugePng(9000));
  const [large, small] = await Promise.all([
    ask(decoders, file),
    ask(decoders, join(TEST_IMAGES, 'rgb.png')),
  ]);
  expect(large).toMatchObject({
    reason: 'too-large',
    detail: expect.stringContaining('more memory') as string,
  });
  expect(small).toMatchObject({ format: 'PNG' });
});

test.skipIf(process.platform !== 'linux')(
  'a picture for which the system has no memory is left out for that, and the next one is decoded',
  async () => {
    // prlimit bounds the memory of the process: it may take about 60 MB more than at its start.
    const file = join(folder(), 'bounded.cjs');
    writeFileSync(
      file,
      `require(${JSON.stringify(REAL)});
       const held = Number(/VmData:\\s*(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]);
       require('node:child_process').execFileSync('prlimit', ['--pid', String(process.pid), '--data=' + (held * 1024 + 60e6)]);`,
    );
    const picture = join(folder(), 'large.png');
    writeFileSync(picture, hugePng(9000));
    const decoders = opened(createDecoders({ start: decoderChildren(file), count: 1 }));
    const [large, small] = await Promise.all([
      ask(decoders, picture),
      ask(decoders, join(TEST_IMAGES, 'rgb.png')),
    ]);
    expect(large).toMatchObject({ detail: expect.stringMatching(/memory/) as string });
    expect(small).toMatchObject({ format: 'PNG' });
  },
);

test('a process whose parent is killed ends by itself', async () => {
  const script = join(folder(), 'parent.cjs');
  writeFileSync(
    script,
    `const child = require('node:child_process').fork(${JSON.stringify(REAL)}, { serialization: 'advanced' });
    child.on('message', () => { console.log(child.pid); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300); });`,
  );
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(Number(stdout)).toBeGreaterThan(0);
  await expect.poll(() => isAlive(Number(stdout)), { timeout: 5000 }).toBe(false);
});

/** The process that answered. */
function pidOf(outcome: Awaited<ReturnType<Decoders['prepare']>>): number {
  return 'pixels' in outcome ? Number(Buffer.from(outcome.pixels).toString().split(' ')[1]) : 0;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
