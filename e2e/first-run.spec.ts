/** The first start: the first steps, the menu, its shortcuts, and what the app is made of. */
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, launch, test } from './fixtures.ts';
import { copyEmoji } from './image-folder.ts';
import { looksRight, photographInBoth, seriousProblems } from './looks.ts';
import { StudioPage } from './studio-page.ts';

test('a studio without a run shows the first steps; one press trains the digits, and they are gone', async ({
  home,
}) => {
  const app = await launch(home);
  const page = await app.firstWindow();
  const studio = new StudioPage({ app, page });
  await expect(studio.firstSteps).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('heading') })).toHaveText([
    /Drop pictures/,
    /Press Start and watch/,
    /Look inside, take it away/,
  ]);
  await looksRight(studio, 'first-steps');

  await page.getByRole('button', { name: 'Train the digits now' }).focus();
  await page.keyboard.press('Enter');
  await expect(studio.status).toHaveText('Training', { timeout: 90_000 });
  await studio.stepAbove(0);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped', { timeout: 30_000 });
  await expect.poll(() => menuLabels(app, 'Recent runs')).toEqual(['Digits', 'Clear recent']);
  const [run] = fs.readdirSync(path.join(home, 'runs'));
  const config = JSON.parse(fs.readFileSync(path.join(home, 'runs', run ?? '', 'config.json'), 'utf8')) as {
    dataset: { source: unknown };
  };
  expect(config.dataset.source).toEqual({ kind: 'built-in', name: 'digits' });

  await app.close();
  const again = await launch(home);
  const next = new StudioPage({ app: again, page: await again.firstWindow() });
  await expect(next.datasetCount).toHaveText('10,000 pictures', { timeout: 60_000 });
  await expect(next.firstSteps).toHaveCount(0);
  await choose(again, 'First steps');
  await expect(next.firstSteps).toBeVisible();
  await again.close();
});

test('the menu lists what was opened before, without what is gone, and forgets it when asked to', async ({
  studio,
  app,
  place,
}) => {
  const [cats, dogs] = ['cats & co', 'dogs'].map((name) => path.join(place, name));
  for (const folder of [cats, dogs]) {
    copyEmoji(folder!, 24);
    await studio.drop(folder!);
    await studio.ready('24 pictures');
  }
  await expect
    .poll(() => menuLabels(app, 'Recent data sets'))
    .toEqual(['dogs', 'cats && co', 'Digits', 'Clear recent']);
  await choose(app, 'cats && co');
  await expect(studio.page.locator('.path')).toHaveText(/cats & co/);

  fs.rmSync(dogs!, { recursive: true });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('focus'));
  await expect
    .poll(() => menuLabels(app, 'Recent data sets'))
    .toEqual(['cats && co', 'Digits', 'Clear recent']);
  await choose(app, 'Clear recent');
  await expect.poll(() => menuLabels(app, 'Recent data sets')).toEqual(['Clear recent']);
  await expect(studio.page.getByText('Opened before')).toHaveCount(0);
});

test('every shortcut of the menu is in the list of shortcuts, which reads well', async ({ studio, app }) => {
  const { page } = studio;
  await choose(app, 'Keyboard shortcuts');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  const rows = await dialog
    .locator('dd')
    .evaluateAll((cells) =>
      cells.flatMap((cell) =>
        [...cell.querySelectorAll('.way')].map((way) =>
          [...way.querySelectorAll('kbd')].map((key) => key.textContent).join('+'),
        ),
      ),
    );
  const accelerators = await app.evaluate(({ Menu }) => {
    const within = (items: Electron.MenuItem[]): Electron.MenuItem[] =>
      items.flatMap((item) => [item, ...within(item.submenu?.items ?? [])]);
    return within(Menu.getApplicationMenu()?.items ?? []).flatMap(({ accelerator }) =>
      accelerator ? [accelerator as string] : [],
    );
  });
  expect(accelerators.length).toBeGreaterThan(15);
  const command = process.platform === 'darwin' ? '⌘' : 'Ctrl';
  for (const accelerator of accelerators)
    expect(rows).toContain(accelerator.replace('CmdOrCtrl', command).replace('Plus', '+'));
  await photographInBoth(studio, 'shortcuts');
  expect(await seriousProblems(studio)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('About shows the versions, and the licence of every package in the app', async ({ studio, app }) => {
  const { page } = studio;
  await choose(app, 'About GAN Studio');
  const dialog = page.getByRole('dialog', { name: /^GAN Studio \d/ });
  const versions = await app.evaluate(() => process.versions);
  await expect(dialog).toContainText(`Electron ${versions.electron}, Chromium ${versions['chrome']}`);
  await expect(dialog).toContainText(/Node [\d.]+, TensorFlow \d+\.\d+\.\d+/);
  const listed = await dialog.locator('summary .name').allTextContents();
  for (const name of [
    'Electron',
    'TensorFlow',
    'svelte',
    'chart.js',
    'zod',
    'bits-ui',
    'Emoji (Twemoji)',
    'Digits (MNIST)',
  ])
    expect(listed).toContain(name);
  const there = await packagesIn(app);
  expect(there).toContain('@tensorflow/tfjs-node');
  expect(there.filter((name) => !listed.includes(name))).toEqual([]);

  await page.getByRole('searchbox', { name: 'Search licences' }).fill('twemoji');
  await expect(dialog.locator('summary')).toHaveCount(1);
  await dialog.locator('summary').press('Enter');
  await expect(dialog.locator('pre')).toContainText('CC-BY 4.0');
  await photographInBoth(studio, 'about');
  expect(await seriousProblems(studio)).toEqual([]);
});

/** The packages in the app's own node_modules. */
function packagesIn(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ app: running }) => {
    const { mainModule } = process as unknown as { mainModule: { require(name: string): typeof fs } };
    const disk = mainModule.require('node:fs');
    const found: string[] = [];
    const visit = (folder: string): void => {
      for (const name of disk.existsSync(folder) ? disk.readdirSync(folder) : []) {
        const place = `${folder}/${name}`;
        if (name.startsWith('@')) visit(place);
        else if (disk.existsSync(`${place}/package.json`)) {
          const { name: own } = JSON.parse(disk.readFileSync(`${place}/package.json`, 'utf8')) as {
            name: string;
          };
          // Packages of types are for the compiler; the app contains only their manifests.
          if (!own.startsWith('@types/')) found.push(own);
          visit(`${place}/node_modules`);
        }
      }
    };
    visit(`${running.getAppPath()}/node_modules`);
    return [...new Set(found)];
  });
}

/** Chooses the entry of this name in the menu bar. */
async function choose(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const within = (items: Electron.MenuItem[]): Electron.MenuItem[] =>
      items.flatMap((item) => [item, ...within(item.submenu?.items ?? [])]);
    within(Menu.getApplicationMenu()?.items ?? [])
      .find((item) => item.label === wanted)
      ?.click();
  }, label);
}

/** The entries of a submenu of File. */
function menuLabels(app: ElectronApplication, menu: string): Promise<string[]> {
  return app.evaluate(({ Menu }, wanted) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
    const found = file?.submenu?.items.find(({ label }) => label === wanted);
    return (found?.submenu?.items ?? []).filter(({ type }) => type !== 'separator').map(({ label }) => label);
  }, menu);
}
