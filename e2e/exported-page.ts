/** An exported page, and a window that opens it as another browser does. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { environmentOf } from './fixtures.ts';

/** Trains for a few steps by the command line, exports the page, and returns its path. */
export function exportedPage(place: string, home: string, ...settings: string[]): string {
  const [run, out] = [path.join(place, 'run'), path.join(place, 'out')];
  const commandLine = (...words: string[]) =>
    execFileSync('node', ['build/cli.cjs', ...words], { env: environmentOf(home), stdio: 'pipe' });
  commandLine('train', '--steps', '3', '--batch', '8', '--out', run, ...settings);
  commandLine('export', '--run', run, '--format', 'html', '--checkpoint', 'newest', '--out', out);
  const folder = path.join(out, fs.readdirSync(out)[0] ?? '');
  return path.join(folder, fs.readdirSync(folder).find((name) => name.endsWith('.html')) ?? '');
}

/** An empty window of another browser. */
export async function windowOf(app: ElectronApplication): Promise<Page> {
  const waiting = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => {
    void new BrowserWindow({
      width: 1280,
      height: 800,
      useContentSize: true,
      webPreferences: { partition: 'another-browser' },
    }).loadURL('about:blank');
  });
  return waiting;
}
