/** The example page that an export holds, in a browser window of its own. */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

test('the exported example draws an image, and another one for other points', async ({
  studio,
  app,
  place,
}) => {
  await studio.shrinkRun();
  await studio.start();
  await studio.exportTo(place, 'TensorFlow.js');
  await expect(studio.page.getByTestId('exported-files')).toContainText('index.html');
  await studio.press('Stop');

  const server = http.createServer(({ url }, response) => {
    const name = path.basename(url === '/' ? 'index.html' : (url ?? ''));
    const file = path.join(place, fs.readdirSync(place)[0] ?? '', name);
    response.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream');
    if (fs.existsSync(file)) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, url) => {
    void new BrowserWindow({ webPreferences: { partition: 'another-browser' } }).loadURL(url);
  }, `http://127.0.0.1:${address.port}/`);
  const page = await opened;
  await expect(page.getByRole('status')).toContainText('28 × 28 pixels', { timeout: 30_000 });
  const picture = () => page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const first = await picture();
  await page.getByRole('button', { name: 'New points' }).click();
  await expect.poll(picture).not.toBe(first);
  const atA = await picture();
  await page.getByRole('slider', { name: 'Between two points' }).fill('0.7');
  await expect.poll(picture).not.toBe(atA);
  await page.close();
  server.close();
});
