/**
 * The command line as a person uses it: the same results as the window, exit codes, and messages that help.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { processesOf } from './app-process.ts';
import { environmentOf, expect, test } from './fixtures.ts';
import { copyEmoji, fillFolder } from './image-folder.ts';

const lossesSchema = z.object({
  type: z.literal('losses'),
  step: z.number(),
  losses: z.object({ discriminator: z.number(), generator: z.number() }),
});
const score = z.object({ value: z.number() });
const scores = z.object({ distance: score, variety: score });
const measurementSchema = z.object({
  scores: z.object({ samples: scores, heldOut: scores, untrained: scores }),
});
const EMOJI = path.resolve('build/datasets/emoji');
const SIXTEEN_WIDE = ['--size', '64', '--gan', 'dcgan', '--gan-option', 'width=16', '--seed', '1'];
const TINY = ['--size', '28', '--gan-option', 'width=4', '--batch', '8', '--z', '8'];

function commandLine(home: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['build/cli.cjs', ...words], {
    env: environmentOf(home),
    encoding: 'utf8',
    timeout: 110_000,
  });
  return { code: status, stdout, stderr };
}

function losses(stdout: string) {
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .flatMap((event) => lossesSchema.safeParse(event).data ?? []);
}

test('train, sample, export and measure; the same command twice gives the same losses', ({ home, place }) => {
  test.setTimeout(240_000);
  const train = (name: string, steps: number) => {
    const run = path.join(place, name);
    const { code, stdout } = commandLine(
      home,
      'train',
      '--data',
      EMOJI,
      '--out',
      run,
      '--steps',
      String(steps),
      '--json',
      ...SIXTEEN_WIDE,
    );
    expect(code).toBe(0);
    return { run, losses: losses(stdout) };
  };
  const { run, losses: printed } = train('one', 300);
  expect(printed.map(({ step }) => step)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  expect(train('two', 40).losses).toEqual(printed.slice(0, 40));

  const { stdout } = commandLine(home, 'measure', '--run', run, '--json');
  const { samples, heldOut, untrained } = measurementSchema.parse(JSON.parse(stdout)).scores;
  expect(samples.distance.value).toBeLessThan(untrained.distance.value / 2);
  expect(samples.variety.value).toBeGreaterThan(heldOut.variety.value / 4);

  const sheet = path.join(place, 'grid.png');
  expect(
    commandLine(home, 'sample', '--run', run, '--count', '16', '--seed', '3', '--out', sheet).stdout.trim(),
  ).toBe(sheet);
  expect(fs.readFileSync(sheet).subarray(1, 4).toString()).toBe('PNG');
  const photo = path.join(place, 'new folder', 'grid.jpg');
  expect(commandLine(home, 'sample', '--run', run, '--out', photo).code).toBe(0);
  expect(fs.readFileSync(photo).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  const apart = commandLine(home, 'sample', '--run', run, '--out', place, '--separate', '--count', '2');
  expect(fs.readdirSync(apart.stdout.trim()).map((name) => name.replace(/^.* seed/, 'seed'))).toEqual([
    'seed 1.png',
    'seed 2.png',
  ]);
  const onFolder = commandLine(home, 'sample', '--run', run, '--out', place);
  expect(onFolder.code).toBe(2);
  expect(onFolder.stderr).toContain(`Name a file in it, such as ${path.join(place, 'samples.png')}.`);
  const exported = commandLine(
    home,
    'export',
    '--run',
    run,
    '--format',
    'tfjs',
    '--out',
    path.join(place, 'exports'),
  ).stdout.trim();
  expect(fs.existsSync(path.join(exported, 'generator.json'))).toBe(true);
});

test('damaged files are named and left out, and training goes on', ({ home, place }) => {
  const data = path.join(place, 'data');
  fs.mkdirSync(data);
  fillFolder(data, 40);
  fs.writeFileSync(
    Buffer.concat([Buffer.from(data + path.sep), Buffer.from([0xff, 0xfe]), Buffer.from('.png')]),
    'x',
  );
  fs.symlinkSync('..', path.join(data, 'faces', 'loop'));
  const { code, stderr } = commandLine(
    home,
    'train',
    '--data',
    data,
    '--out',
    path.join(place, 'run'),
    '--steps',
    '2',
    ...SIXTEEN_WIDE,
  );
  expect(code).toBe(0);
  expect(stderr).toContain('Left out 6 files');
  for (const fact of [
    'cut off.png: damaged',
    'empty.jpg: damaged',
    '\ufffd\ufffd.png: not-an-image',
    'faces/loop: link-loop',
  ])
    expect(stderr).toContain(fact);
});

test('what cannot be done is refused with a reason and the right exit code, and nothing is written', ({
  home,
  place,
}) => {
  const empty = path.join(place, 'empty');
  fs.mkdirSync(empty);
  const out = path.join(place, 'run');
  const cases: [string[], number, string][] = [
    [['train', '--data', empty, '--out', out], 1, 'There are no files in '],
    [['train', '--data', path.join(place, 'gone'), '--out', out], 1, 'is not there'],
    [['train', '--data', empty, '--out', home], 1, 'is not an empty folder'],
    [['train', '--data', empty, '--out', out, '--gan', 'dcgna'], 2, 'There is no GAN "dcgna"'],
    [['train', '--data', empty, '--out', out, '--gan-option', 'wdth=4'], 2, 'has no option "wdth"'],
    [['train', '--data', empty, '--out', out, '--optimizer', 'adm'], 2, 'There is no optimiser "adm"'],
    [
      ['train', '--data', empty, '--out', out, '--optimizer', 'sgd', '--optimizer-option', 'beta1=0'],
      2,
      'The optimiser "sgd" has no option "beta1"',
    ],
    [['train', '--data', empty, '--out', out, '--schedule-over', '9'], 2, 'Add --schedule linear'],
    [['train', '--data', empty, '--out', out, '--size', '65'], 2, 'Allowed choices are 28, 32, 64, 128'],
    [['train', '--data', empty, '--out', out, '--step', '3'], 2, 'Did you mean --steps?'],
    [['train', '--data', '', '--out', out], 2, 'The path is empty.'],
    [['trian'], 2, 'Did you mean train?'],
    [['sample', '--run', empty, '--out', path.join(place, 'x.png')], 1, 'is not a run'],
    [['export', '--run', empty, '--out', place, '--format', 'word'], 2, 'Allowed choices are html'],
  ];
  for (const [words, code, message] of cases) {
    const result = commandLine(home, ...words);
    expect(result, words.join(' ')).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  }
  expect(fs.readdirSync(place)).toEqual(['empty']);
  expect(commandLine(home, '--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('train [options]'),
  });
});

test('an optimiser, a schedule and clipping are set by flags, and are in the config', ({ home, place }) => {
  const out = path.join(place, 'run');
  const flags = [
    '--optimizer',
    'rmsprop',
    '--optimizer-option',
    'momentum=0.2',
    '--schedule',
    'linear',
    '--schedule-from',
    '1',
    '--schedule-floor',
    '0.1',
    '--clip',
    '2.5',
  ];
  expect(
    commandLine(home, 'train', '--data', EMOJI, '--out', out, '--steps', '4', ...TINY, ...flags).code,
  ).toBe(0);
  expect(JSON.parse(fs.readFileSync(path.join(out, 'config.json'), 'utf8'))).toMatchObject({
    optimizer: {
      kind: 'rmsprop',
      options: { decay: 0.99, momentum: 0.2 },
      schedule: { kind: 'linear', from: 1, over: 3, floor: 0.1 },
      clip: 2.5,
    },
  });
});

test('an interrupted run resumes; killed at random moments, it equals the uninterrupted one', ({
  home,
  place,
}) => {
  const run = path.join(place, 'run');
  expect(commandLine(home, 'train', '--data', EMOJI, '--out', run, '--steps', '4', ...TINY).code).toBe(0);
  const resumed = commandLine(home, 'resume', '--run', run, '--steps', '6', '--json');
  expect(resumed.code).toBe(0);
  expect(losses(resumed.stdout).map(({ step }) => step)).toEqual([5, 6]);
  const again = commandLine(home, 'resume', '--run', run);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('at step 6 already');
  const { code, stdout } = commandLine(home, 'check-kills', '--count', '6');
  expect({ code, tally: JSON.parse(stdout) as unknown }).toMatchObject({
    code: 0,
    tally: { kills: 6, lost: 0, different: 0 },
  });
});

test('an interrupt, or a reader that goes away, ends a training with a checkpoint and exit code 130', async ({
  home,
  place,
}) => {
  for (const end of ['interrupt', 'reader gone'] as const) {
    const run = path.join(place, end);
    const words = [
      'build/cli.cjs',
      'train',
      '--data',
      EMOJI,
      '--out',
      run,
      '--steps',
      '100000',
      '--json',
      ...TINY,
    ];
    const child = spawn(process.execPath, words, {
      env: environmentOf(home),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (text: Buffer) => {
      printed += text.toString();
    });
    child.stdout.once('data', () => {
      if (end === 'interrupt') child.kill('SIGINT');
      else child.stdout.destroy();
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect({ end, code }).toEqual({ end, code: 130 });
    expect(printed).toContain('The checkpoint is saved');
    expect(fs.readdirSync(path.join(run, 'checkpoints')).some((name) => name.endsWith('.safetensors'))).toBe(
      true,
    );
  }
});

test('a full disk is reported, training goes on, and with space again the run resumes', ({ home, place }) => {
  test.skip(process.platform !== 'linux' || process.geteuid?.() !== 0, 'a small disk takes root to mount');
  const small = path.join(place, 'small disk');
  fs.mkdirSync(small);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]);
  try {
    const run = path.join(small, 'run');
    const full = commandLine(
      home,
      'train',
      '--data',
      EMOJI,
      '--out',
      run,
      '--steps',
      '40',
      '--checkpoint-every',
      '2',
      '--json',
      ...TINY,
    );
    expect(full.code).toBe(1);
    expect(full.stderr).toContain('the disk is full');
    expect(full.stderr).toContain('Training goes on, and saving is tried again. Free some space');
    expect(losses(full.stdout)).toHaveLength(40);
    execFileSync('mount', ['-o', 'remount,size=20m', small]);
    const resumed = commandLine(home, 'resume', '--run', run, '--json');
    expect(resumed.code).toBe(0);
    const printed = new Map(losses(full.stdout).map((event) => [event.step, event]));
    for (const event of losses(resumed.stdout)) expect(event).toEqual(printed.get(event.step));
  } finally {
    execFileSync('umount', [small]);
  }
});

test('a folder that is not writable is reported to a user who is not root', ({ place }) => {
  test.skip(process.platform !== 'linux' || process.geteuid?.() !== 0, 'takes root to become another user');
  const locked = path.join(place, 'locked');
  fs.mkdirSync(locked, { mode: 0o555 });
  const data = path.join(place, 'data');
  copyEmoji(data, 8);
  fs.chmodSync(place, 0o777);
  const { status, stderr } = spawnSync(
    'setpriv',
    [
      '--reuid=65534',
      '--clear-groups',
      process.execPath,
      path.resolve('build/cli.cjs'),
      'train',
      '--data',
      data,
      '--out',
      path.join(locked, 'run'),
      '--steps',
      '2',
    ],
    { env: environmentOf(path.join(place, 'home')), encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr).toContain('permission is missing');
});

test('Ctrl+C ends an import at once, though every decoder hangs, and leaves none of them', async ({
  home,
  place,
}) => {
  test.skip(process.platform !== 'linux', 'finds the decoders in /proc');
  copyEmoji(place, 1500);
  const child = spawn(
    'node',
    ['build/cli.cjs', 'train', '--data', place, '--out', path.join(home, 'run'), '--steps', '2', ...TINY],
    { env: environmentOf(home), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const decoders = () => processesOf(home).filter(({ commandLine: words }) => words.includes('decoder.cjs'));
  await expect.poll(() => decoders().length, { intervals: [20], timeout: 20_000 }).toBeGreaterThan(1);
  for (const { pid } of decoders()) process.kill(pid, 'SIGSTOP');
  const start = Date.now();
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(Date.now() - start).toBeLessThan(1000);
  await expect.poll(decoders).toEqual([]);
});

test('check-images says what it made of every file, and writes the pixels that it decoded', ({
  home,
  place,
}) => {
  const data = path.join(place, 'data');
  copyEmoji(data, 8);
  for (const name of ['hang-1-byte.gif', 'tiled-separate-planes.tif', 'animated.gif', 'rgb.jpg'])
    fs.copyFileSync(path.join('assets/test-images', name), path.join(data, name));
  execFileSync('mkfifo', [path.join(data, 'pipe')]);
  const { code, stdout } = commandLine(home, 'check-images', data, '--compare', path.join(place, 'seen'));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    files: 13,
    used: 10,
    leftOut: { 'damaged': 1, 'unsupported': 1, 'not-an-image': 1 },
    notes: { 'one-of-several': 1 },
    deadlines: 0,
    aborts: 0,
  });
  expect(
    fs
      .readFileSync(path.join(place, 'seen', 'rgb.jpg.png'))
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(fs.existsSync(path.join(place, 'seen', 'hang-1-byte.gif.png'))).toBe(false);
  const spoilt = commandLine(home, 'check-images', 'assets/test-images', '--mutate', '120', '--seed', '3');
  expect(spoilt.code).toBe(0);
  expect(JSON.parse(spoilt.stdout)).toMatchObject({ files: 120, deadlines: 0, aborts: 0 });
});

test('a run that needs more memory than there is says so, and what to change', async ({ home, place }) => {
  test.skip(process.platform !== 'linux', 'prlimit, which bounds the memory of a process, is of Linux');
  const out = path.join(place, 'large');
  const words = ['train', '--data', 'built-in:digits', '--out', out, '--batch', '1024', '--steps', '30'];
  const { status, stderr } = spawnSync(
    'prlimit',
    ['--data=900000000', 'node', 'build/cli.cjs', ...words, '--gan-option', 'width=256'],
    { env: environmentOf(home), encoding: 'utf8', timeout: 60_000 },
  );
  expect(status).toBe(1);
  expect(stderr).toContain('Memory ran out.');
  expect(stderr).toContain('a batch under 1024 or a width under 256');
});
