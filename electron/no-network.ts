/**
 * Keeps Chromium off the network, which the page does not need. WebRTC heeds neither the page's content
 * security policy nor `webRequest`; no Chromium implements the policy's `webrtc 'block'` or has a switch that
 * turns WebRTC off, so each way out is closed on its own.
 */
import { app, type WebContents } from 'electron';

/**
 * Makes every host name fail to resolve, numeric addresses and multicast DNS included, and sends connections
 * that are tried nevertheless to a proxy that cannot exist. The utility processes use Node's network, which
 * heeds neither switch. To be called before the app is ready.
 */
export function closeNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('proxy-server', 'socks5://0.0.0.0:9');
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
}

/** Forbids WebRTC's UDP, which would bypass the resolver and the proxy. */
export function closeWebRtc(webContents: WebContents): void {
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
