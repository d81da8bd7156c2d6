/** What the command line takes as data, and what it does when the pictures of a run have changed. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { environmentOf, expect, test } from './fixtures.ts';
import { copyClasses } from './image-folder.ts';

const TINY = [
  '--size',
  '28',
  '--gan',
  'mlp',
  '--gan-option',
  'width=8',
  '--batch',
  '4',
  '--z',
  '4',
  '--steps',
  '2',
];

function commandLine(home: string, ...words: string[]) {
  const { status, stderr, stdout } = spawnSync('node', ['build/cli.cjs', ...words], {
    env: environmentOf(home),
    encoding: 'utf8',
    timeout: 110_000,
  });
  // No message of the operating system, and no control characters.
  expect(stderr).not.toMatch(/(?<![-\w])E[A-Z]{4,}\b/);
  expect(stderr.replaceAll(/[\n\r]|\x1b\[[0-9?;]*[a-zA-Z]/g, '')).not.toMatch(/[\x00-\x1f\x7f]/);
  return { code: status, stderr, stdout };
}

/** Twenty pictures in each of two class folders. */
function twoClasses(place: string): string {
  const data = path.join(place, 'pets');
  copyClasses(data, { names: ['cats', 'dogs'], each: 20 });
  return data;
}

const configOf = (run: string) =>
  JSON.parse(fs.readFileSync(path.join(run, 'config.json'), 'utf8')) as {
    dataset: { source: { paths: string[] }; content: { count: number; fingerprint: string } };
  };

test('folders, an archive and files are taken as they are named, and pictures are left out by name', ({
  home,
  place,
}) => {
  const data = twoClasses(place);
  const archive = path.join(place, 'dogs.zip');
  execFileSync('python3', ['-m', 'zipfile', '-c', archive, `${path.join(data, 'dogs')}/`]);
  const cats = path.join(data, 'cats');
  const [first = ''] = fs.readdirSync(cats);
  const run = path.join(place, 'run');
  const words = [
    'train',
    '--data',
    cats,
    '--data',
    archive,
    '--leave-out',
    path.join(cats, first),
    '--out',
    run,
  ];
  const { code, stderr } = commandLine(home, ...words, ...TINY);
  expect(stderr).toContain(
    'Taken: the folder cats and the archive dogs, and nothing else. 39 pictures (cats: 19, dogs: 20).',
  );
  expect(code).toBe(0);
  expect(configOf(run).dataset.content.count).toBe(39);
  const files = fs
    .readdirSync(cats)
    .slice(0, 2)
    .flatMap((name) => ['--data', path.join(cats, name)]);
  expect(commandLine(home, 'train', ...files, '--out', path.join(place, 'two'), ...TINY).stderr).toContain(
    ' 2 pictures.',
  );
  const mixed = commandLine(
    home,
    'train',
    '--data',
    'built-in:digits',
    '--data',
    cats,
    '--out',
    path.join(place, 'x'),
  );
  expect(mixed).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('built-in:digits cannot be mixed with other data.'),
  });
});

test('a moved folder is named again, and changed pictures are refused until they are accepted', ({
  home,
  place,
}) => {
  const data = twoClasses(place);
  const run = path.join(place, 'run');
  expect(commandLine(home, 'train', '--data', data, '--out', run, ...TINY).code).toBe(0);
  const moved = path.join(place, 'moved\u001b[31m');
  fs.renameSync(data, moved);
  const lost = commandLine(home, 'resume', '--run', run, '--steps', '3');
  expect(lost).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      `${data} is not there.\nName the folder that holds the pictures now with --data.`,
    ),
  });
  expect(commandLine(home, 'resume', '--run', run, '--steps', '3', '--data', moved).code).toBe(0);
  expect(configOf(run).dataset.source.paths).toEqual([moved]);
  for (const name of fs.readdirSync(path.join(moved, 'cats')).slice(0, 15))
    fs.rmSync(path.join(moved, 'cats', name));
  for (const command of [['resume', '--steps', '4'], ['measure']]) {
    const refused = commandLine(home, ...command, '--run', run);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('15 of the 40 pictures are gone.');
    expect(refused.stderr).toContain('--changed-data go-on');
  }
  expect(commandLine(home, 'measure', '--run', run, '--changed-data', 'go-on').code).toBe(0);
  expect(configOf(run).dataset.content.count).toBe(40);
  expect(commandLine(home, 'resume', '--run', run, '--steps', '4', '--changed-data', 'go-on').code).toBe(0);
  expect(configOf(run).dataset.content.count).toBe(25);
  expect(fs.readFileSync(path.join(run, 'events.jsonl'), 'utf8')).toContain('"type":"data-changed","step":3');
  expect(commandLine(home, 'resume', '--run', run, '--steps', '5').code).toBe(0);
});

test('a conditional run refuses swapped classes, and data without classes', ({ home, place }) => {
  const data = twoClasses(place);
  const run = path.join(place, 'run');
  const conditional = [
    '--size',
    '28',
    '--gan',
    'conditional',
    '--gan-option',
    'width=4',
    '--batch',
    '4',
    '--steps',
    '2',
  ];
  const flat = commandLine(home, 'train', '--data', path.join(data, 'cats'), '--out', run, ...conditional);
  expect(flat).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Its pictures do not lie in folders of their own.'),
  });
  expect(commandLine(home, 'train', '--data', data, '--out', run, ...conditional).code).toBe(0);
  fs.renameSync(path.join(data, 'cats'), path.join(data, 'x'));
  fs.renameSync(path.join(data, 'dogs'), path.join(data, 'cats'));
  fs.renameSync(path.join(data, 'x'), path.join(data, 'dogs'));
  const swapped = commandLine(home, 'resume', '--run', run, '--steps', '3');
  expect(swapped).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('40 pictures are in another class than before.'),
  });
});

test('a run written within its data goes on with its pictures alone, and so does a second one', ({
  home,
  place,
}) => {
  const data = twoClasses(place);
  const run = path.join(data, 'my run');
  expect(commandLine(home, 'train', '--data', data, '--out', run, ...TINY).code).toBe(0);
  const again = commandLine(home, 'resume', '--run', run, '--steps', '3');
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('my run: run (A run of GAN Studio: its sheets and files are not data.)');
  const second = commandLine(home, 'train', '--data', data, '--out', path.join(data, 'second'), ...TINY);
  expect(second.stderr).toContain('40 pictures (cats: 20, dogs: 20).');
  const sheets = commandLine(
    home,
    'train',
    '--data',
    path.join(run, 'samples'),
    '--out',
    path.join(place, 'x'),
    ...TINY,
  );
  expect(sheets).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('its sheets and files are not data.'),
  });
});
