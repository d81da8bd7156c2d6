/**
 * What a compromised page cannot do: leave, open windows, reach the network or Node, or name a path that was
 * not granted.
 */
import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS, DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { expect, test } from './fixtures.ts';
import { copyEmoji } from './image-folder.ts';

test('the page stays where it is, and opens nothing', async ({ studio: { app, page } }) => {
  const address = page.url();
  expect(address).toMatch(/^studio:\/\/app\//);
  for (const elsewhere of [
    'https://example.com/',
    'file:///etc/passwd',
    'studio://other/index.html',
    'data:text/html,x',
  ]) {
    await page.evaluate((url) => {
      location.assign(url);
    }, elsewhere);
    await page.waitForTimeout(100);
    expect(page.url()).toBe(address);
  }
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  expect(await page.evaluate(() => window.open('studio://app/index.html'))).toBeNull();
  expect(app.windows()).toHaveLength(1);
});

test('the page has no Node and no more than its bridge', async ({ studio: { page } }) => {
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys(window.studio).sort(),
  }));
  expect(found).toEqual({ globals: [], bridge: ['request', 'subscribe'] });
});

test('the policy comes as a header, and the network is out of reach', async ({ studio: { page } }) => {
  const response = await page.reload();
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  expect(headers['x-content-type-options']).toBe('nosniff');
  const refused = await page.evaluate(async () => ({
    fetch: await fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    ),
    own: await fetch('studio://app/index.html').then(
      () => 'answered',
      () => 'refused',
    ),
    image: await new Promise((settle) => {
      const image = new Image();
      image.onload = () => settle('loaded');
      image.onerror = () => settle('refused');
      image.src = 'https://example.com/x.png';
    }),
    evaluated: (() => {
      try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what must be refused
        return typeof new Function('return 1');
      } catch {
        return 'refused';
      }
    })(),
    permission: await Notification.requestPermission(),
  }));
  expect(refused).toEqual({
    fetch: 'refused',
    own: 'refused',
    image: 'refused',
    evaluated: 'refused',
    permission: 'denied',
  });
});

test('nothing outside the built page is served', async ({ studio: { app } }) => {
  const statuses = await app.evaluate(async ({ BrowserWindow }) => {
    const hidden = new BrowserWindow({ show: false });
    const found: Record<string, string> = {};
    for (const path of [
      'index.html',
      '../../package.json',
      '%2e%2e/%2e%2e/package.json',
      '..%2f..%2fpackage.json',
      'nothing.html',
    ]) {
      await hidden.loadURL(`studio://app/${path}`).catch(() => undefined);
      found[path] = await hidden.webContents.executeJavaScript('document.body.innerText.slice(0, 9)');
    }
    hidden.destroy();
    return found;
  });
  const { 'index.html': page, ...outside } = statuses;
  expect(page).not.toBe('Not found');
  expect(new Set(Object.values(outside))).toEqual(new Set(['Not found']));
});

test('unknown commands and input that does not fit come back as failures', async ({ studio }) => {
  expect(await studio.ask('no.such', {})).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
  expect(await studio.ask('dataset.thumbnails', { id: 'x', from: -1, count: 1e9 })).toMatchObject({
    ok: false,
    failure: { code: 'invalid-input' },
  });
  expect(await studio.ask('run.start', { config: null })).toMatchObject({
    ok: false,
    failure: { code: 'invalid-input' },
  });
  const beside = await studio.page.evaluate(() =>
    window.studio.request({ from: 'drop', paths: ['/etc'], name: 'studio.about', input: {} } as never),
  );
  expect(beside).toMatchObject({ ok: true, output: { versions: expect.any(Array) } });
});

test('a path that was not granted is refused, also by way of one that was', async ({
  studio,
  place,
  home,
}) => {
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 32 };
  const given = path.join(place, 'given');
  const secret = path.join(place, 'secret');
  for (const folder of [given, secret]) copyEmoji(folder, 8);
  const open = (folder: string) =>
    studio.ask('dataset.open', { source: { kind: 'files', paths: [folder] }, options, leftOut: [] });
  const refused = { ok: false, failure: { code: 'path-not-granted' } };

  expect(await open(given)).toMatchObject(refused);
  await studio.drop(given);
  await expect(studio.datasetCount).toHaveText('8 pictures');
  expect(await open(given)).toMatchObject({ ok: true });
  fs.symlinkSync(secret, path.join(given, 'link'));
  for (const folder of [
    secret,
    path.join(given, '..', 'secret'),
    path.join(given, 'link'),
    `${given}-not`,
    place,
    '/etc',
  ]) {
    expect(await open(folder), folder).toMatchObject(refused);
  }
  const config = {
    ...DEFAULT_RUN_CONFIG,
    dataset: { source: { kind: 'files', paths: [secret] }, options, leftOut: [] },
  };
  expect(await studio.ask('run.start', { config })).toMatchObject(refused);
  expect(await studio.ask('run.open', { folder: secret })).toMatchObject(refused);
  const source = { kind: 'files', paths: [given, secret] };
  expect(
    await studio.ask('dataset.remember', { source, options, leftOut: [], name: 'x', count: 1 }),
  ).toMatchObject(refused);
  const run = path.join(home, 'runs', 'none');
  expect(await studio.ask('run.relink', { folder: run, source })).toMatchObject(refused);
  expect(await studio.ask('run.relink', { folder: given })).toMatchObject(refused);
  expect(await studio.ask('studio.reveal', { path: secret })).toMatchObject(refused);
  expect(await studio.ask('export.generator', { formats: ['tfjs'], folder: given })).toMatchObject(refused);
  expect(
    await studio.ask('export.sheet', { file: path.join(given, 'x.png'), seed: 1, count: 1 }),
  ).toMatchObject(refused);
  expect(await studio.ask('export.pictures', { folder: given, seed: 1, count: 1 })).toMatchObject(refused);
  expect(await studio.ask('run.open', { folder: path.join(home, 'runs', 'none') })).not.toMatchObject(
    refused,
  );
});

test('a dropped file alone is granted, and not what lies beside it', async ({ studio, place }) => {
  copyEmoji(place, 12);
  const [one = '', two = '', three = ''] = fs
    .readdirSync(place)
    .filter((name) => name.endsWith('.png'))
    .map((name) => path.join(place, name));
  await studio.drop(one, two);
  await expect(studio.datasetCount).toHaveText('2 pictures');
  const open = (...paths: string[]) =>
    studio.ask('dataset.open', {
      source: { kind: 'files', paths },
      options: DEFAULT_DATASET_OPTIONS,
      leftOut: [],
    });
  expect(await open(one, two)).toMatchObject({ ok: true });
  for (const beside of [three, place, path.join(place, '..')])
    expect(await open(one, beside), beside).toMatchObject({
      ok: false,
      failure: { code: 'path-not-granted' },
    });
});

test('a drop that a script makes up grants nothing', async ({ studio, place }) => {
  copyEmoji(place, 8);
  await studio.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'etc'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  });
  const source = { kind: 'files', paths: [place] };
  expect(
    await studio.ask('dataset.open', { source, options: DEFAULT_DATASET_OPTIONS, leftOut: [] }),
  ).toMatchObject({
    ok: false,
    failure: { code: 'path-not-granted' },
  });
});
