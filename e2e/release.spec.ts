/**
 * The app as people get it, which no debugger can drive: it is asked through Chromium's own port. The variant
 * for the other tests differs in one fuse.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { processesOf } from './app-process.ts';
import { inPage, portOf } from './chromium-port.ts';
import { environmentOf, expect, launchArguments, test } from './fixtures.ts';

const ON = '1'.charCodeAt(0);

/** The folder of the release: an installed one, or the packaged app. */
const folder = process.env['GAN_STUDIO_APP']
  ? path.dirname(fs.realpathSync(process.env['GAN_STUDIO_APP']))
  : path.resolve(__dirname, '..', 'dist', 'linux-unpacked');
const program = path.join(folder, 'gan-studio');

test.skip(process.platform !== 'linux', 'the layout of the folder is that of Linux');

test('the release refuses debuggers and cannot be used as Node', async () => {
  const wire = await getCurrentFuseWire(path.join(folder, 'gan-studio-window'));
  expect(wire[FuseV1Options.RunAsNode]).not.toBe(ON);
  expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).not.toBe(ON);
  expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).not.toBe(ON);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ON);
});

test('the release opens, and goes on with the runs that are there', async ({ home: ownHome }) => {
  const home = process.env['GAN_STUDIO_HOME'] ?? ownHome;
  if (home === ownHome) {
    const { status, stderr } = inTerminal(home, [
      ...['train', '--data', 'built-in:digits', '--steps', '2'],
      ...['--out', path.join(home, 'runs', 'Trained in a terminal')],
    ]);
    expect(status, stderr).toBe(0);
  }
  const app = spawn(program, [...launchArguments, '--remote-debugging-port=0'], {
    env: { ...environmentOf(home), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => app.once('exit', resolve));
  try {
    const { port, said } = await portOf(app);
    expect(said).not.toContain('Debugger listening');
    await expect.poll(() => inPage(port, 'document.body.innerText')).toContain('GAN Studio');
    await inPage(port, `${NAVIGATION}.find((each) => each.textContent.includes('Runs')).click()`);
    await expect.poll(() => inPage(port, 'document.body.innerText')).toContain('Note about this run');
    expectSandbox(home);
  } finally {
    app.kill('SIGTERM');
    await ended;
  }
});

test('the command works in a terminal, without a display', ({ home }) => {
  const { version } = JSON.parse(fs.readFileSync(path.resolve(__dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(inTerminal(home, ['--version']).stdout).toBe(`${version}\n`);
  const page = fs.readFileSync(path.resolve(__dirname, '..', 'assets', 'linux', 'gan-studio.1'), 'utf8');
  const verbs = [...inTerminal(home, ['--help']).stdout.matchAll(/^ {2}([a-z]+) \[/gm)].map(
    ([, verb]) => verb,
  );
  expect(verbs).toContain('train');
  for (const verb of verbs.filter((each) => each !== 'help')) expect(page).toContain(`.B ${verb}\n`);
  expect(inTerminal(home, ['no-such-verb'])).toMatchObject({ status: 2 });
  const { status, stderr } = inTerminal(home, ['--no-sandbox']);
  expect(status).toBe(1);
  expect(stderr).toContain('There is no display here');
});

function inTerminal(home: string, parameters: string[]) {
  const env = { ...environmentOf(home), DISPLAY: '', WAYLAND_DISPLAY: '' };
  return spawnSync(program, parameters, { env, encoding: 'utf8' });
}

const NAVIGATION = "[...document.querySelectorAll('nav a, nav button')]";

/**
 * For a user who is not root, the page runs under a filter of system calls and in a process namespace of its
 * own.
 */
function expectSandbox(home: string): void {
  if (process.geteuid?.() === 0) return;
  const renderer = processesOf(home).find(({ commandLine }) => commandLine.includes('--type=renderer'));
  const status = fs.readFileSync(`/proc/${renderer?.pid}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s2$/m);
  expect(status).toMatch(/^NSpid:(\s\d+){2,}$/m);
}
