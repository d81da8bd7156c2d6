/** The page cannot reach the network, not even this machine's own addresses. */
import dgram from 'node:dgram';
import net from 'node:net';
import { expect, test } from './fixtures.ts';
import { Listeners } from './listeners.ts';
import { loadInPage } from './page-module.ts';
import type * as waysOut from './ways-out.ts';

declare global {
  interface Window {
    readonly waysOut: typeof waysOut;
  }
}

/** The page asks for this name, so that nobody else's question is taken for the page's. */
const WORD = `studio-${process.pid}-${Date.now()}`;
/** Chromium goes on trying for some seconds; on an open network, everything arrived within one. */
const PATIENCE = 2000;

test('nothing that the page tries reaches the network', async ({ app }) => {
  const page = await app.firstWindow();
  await page.waitForURL(/^studio:/);
  const listeners = await Listeners.start(WORD);
  try {
    const { ears, heard } = listeners;
    await loadInPage(page, 'ways-out.ts', 'waysOut');
    const tryWebRtc = () => page.evaluate((given) => window.waysOut.tryWebRtc(given), { ears, word: WORD });
    expect(await tryWebRtc()).toEqual([]);
    expect(await page.evaluate((given) => window.waysOut.tryRequests(given), { ears })).toEqual([]);
    await page.waitForTimeout(PATIENCE);
    expect([...heard]).toEqual([]);

    // Proof that the listeners work and the page does try: without the WebRTC policy, its datagrams arrive.
    for (const { host, port } of ears) {
      dgram.createSocket('udp4').unref().send('x', port, host);
      net.connect(port, host).end('x');
    }
    await expect
      .poll(() => [...heard].sort())
      .toEqual(expect.arrayContaining(ears.flatMap(({ host }) => [`tcp ${host}`, `udp ${host}`])));
    heard.clear();
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.setWebRTCIPHandlingPolicy('default'),
    );
    await tryWebRtc();
    await expect
      .poll(() => [...heard])
      .toEqual(expect.arrayContaining(ears.map(({ host }) => `udp ${host}`)));
  } finally {
    listeners.close();
  }
});
