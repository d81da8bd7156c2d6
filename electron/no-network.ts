/**
 * Keeps Chromium off the network: the page needs none, and WebRTC heeds neither its policy nor `webRequest`. No Chromium
 * implements the policy's `webrtc 'block'`, and none has a switch that leaves WebRTC out, so each way out is shut.
 */
import { app, type WebContents } from 'electron';

/**
 * No name is found, an address in digits and multicast DNS included, and a connection that is tried all the same goes to
 * a proxy that cannot exist. The hosts are Node's, and heed neither. Must happen before the app is ready.
 */
export function closeNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('proxy-server', 'socks5://0.0.0.0:9');
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
}

/** WebRTC sends datagrams past resolver and proxy. */
export function closeWebRtc(webContents: WebContents): void {
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
