import { EventEmitter } from 'node:events';
import type { UtilityProcess } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';

const electron: { protocol: Record<string, unknown>; webUtils: unknown } = vi.hoisted(() => ({
  protocol: {},
  webUtils: undefined,
}));
vi.mock('electron', () => electron);

const served = { status: 200, headers: { 'content-type': 'text/css' }, body: Buffer.from('a{}') };

beforeEach(() => {
  electron.protocol = {};
  electron.webUtils = undefined;
  vi.resetModules();
});

test('a new Electron is answered with a Response', async () => {
  const handle = vi.fn<(scheme: string, answer: (request: { url: string }) => Promise<Response>) => void>();
  electron.protocol = { handle };
  const { serveScheme } = await import('./electron-versions.ts');
  serveScheme('studio', async () => served);
  const response = await handle.mock.calls[0]?.[1]({ url: 'studio://app/x.css' });
  expect(response?.status).toBe(200);
  expect(response?.headers.get('content-type')).toBe('text/css');
  expect(await response?.text()).toBe('a{}');
});

test('Electron 22 is answered with a buffer', async () => {
  const registerBufferProtocol =
    vi.fn<
      (scheme: string, answer: (request: { url: string }, respond: (answer: unknown) => void) => void) => void
    >();
  electron.protocol = { registerBufferProtocol };
  const { serveScheme } = await import('./electron-versions.ts');
  serveScheme('studio', async () => served);
  const answered = await new Promise((resolve) =>
    registerBufferProtocol.mock.calls[0]?.[1]({ url: 'studio://app/x.css' }, resolve),
  );
  expect(answered).toEqual({
    statusCode: 200,
    headers: served.headers,
    mimeType: 'text/css',
    data: served.body,
  });
});

test('the path of a dropped file comes from webUtils, or from the file itself', async () => {
  const { pathOfFile } = await import('./electron-versions.ts');
  const file = Object.assign(new File([], 'a.png'), { path: '/on the file/a.png' });
  expect(pathOfFile(file)).toBe('/on the file/a.png');
  expect(pathOfFile(new File([], 'a.png'))).toBe('');

  vi.resetModules();
  electron.webUtils = { getPathForFile: () => '/from webUtils/a.png' };
  expect((await import('./electron-versions.ts')).pathOfFile(file)).toBe('/from webUtils/a.png');
});

test('a fatal error of V8 in a utility process is reported, and not thrown in the app', async () => {
  const { onFatalError } = await import('./electron-versions.ts');
  const child = new EventEmitter();
  const tell = vi.fn();
  onFatalError(child as unknown as UtilityProcess, tell);
  child.emit('error', 'FatalError', 'v8::ToLocalChecked', 'a report');
  expect(tell).toHaveBeenCalledWith('v8::ToLocalChecked');
});
