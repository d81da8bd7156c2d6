/**
 * Hides the differences between Electron 22, the oldest that is supported, and the newest; loaded by the app
 * and by the sandboxed preload script. What was compared, and what needs nothing here: docs/decisions.md.
 */
import { protocol, webUtils, type UtilityProcess } from 'electron';

/** A file of the page, as it goes to Chromium. */
export type Served = { status: number; headers: Record<string, string>; body: Buffer };

/** A file that was dropped; before version 32, Electron kept its path on the object itself. */
type DroppedFile = File & { path?: string };

/**
 * Answers every request for the scheme, by `protocol.handle` or, before Electron 25, by a buffer protocol.
 */
export function serveScheme(scheme: string, answer: (url: string) => Promise<Served>): void {
  if (typeof protocol.handle === 'function') {
    protocol.handle(scheme, async ({ url }) => {
      const { status, headers, body } = await answer(url);
      return new Response(new Uint8Array(body), { status, headers });
    });
    return;
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way before Electron 25
  protocol.registerBufferProtocol(scheme, ({ url }, respond) => {
    void answer(url).then(({ status, headers, body }) => {
      respond({ statusCode: status, headers, mimeType: headers['content-type'] ?? '', data: body });
    });
  });
}

/** The path on disk of a dropped file or folder; empty for a file that a script made. */
export function pathOfFile(file: DroppedFile): string {
  const ask: typeof webUtils | undefined = webUtils;
  return ask ? ask.getPathForFile(file) : (file.path ?? '');
}

/**
 * Calls `tell` when V8 gives up in a utility process, which then ends. Since version 32, Electron emits an
 * `error` for it, which would be thrown in the app if nobody listened.
 */
export function onFatalError(child: UtilityProcess, tell: (location: string) => void): void {
  child.on('error', (_type, location) => tell(location));
}
