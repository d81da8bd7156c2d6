/** Ways by which a page can try to reach the network; this module is loaded into it. */
import type { Ear } from './listeners.ts';

/**
 * Tries STUN and TURN, and candidates of a peer that does not exist, by address and by name. Returns the ways
 * that could not be tried.
 */
export async function tryWebRtc({ ears, word }: { ears: Ear[]; word: string }): Promise<string[]> {
  const kept: RTCPeerConnection[] = [];
  Object.assign(globalThis, { kept }); // else they are collected
  const offer = async (iceServers: RTCIceServer[]) => {
    const peer = new RTCPeerConnection({ iceServers });
    kept.push(peer);
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
    return peer;
  };
  const answered = async () => {
    const peer = await offer([]);
    const other = new RTCPeerConnection();
    kept.push(other);
    await other.setRemoteDescription(peer.localDescription!);
    const { sdp = '' } = await other.createAnswer();
    await peer.setRemoteDescription({ type: 'answer', sdp });
    return peer;
  };
  const failed: string[] = [];
  for (const { host, port } of ears) {
    const login = { username: 'a', credential: 'b' };
    const at = `${host}:${port}`;
    try {
      await offer([{ urls: `stun:${at}` }]);
      for (const urls of [`turn:${at}`, `turn:${at}?transport=tcp`, `turns:${at}?transport=tcp`])
        await offer([{ urls, ...login }]);
      const peer = await answered();
      for (const target of [
        `udp 2122260223 ${host} ${port} typ host`,
        `tcp 1518280447 ${host} ${port} typ host tcptype passive`,
        `udp 2122260223 ${word}-${port}.local ${port} typ host`,
      ])
        await peer.addIceCandidate({ candidate: `candidate:1 1 ${target}`, sdpMid: '0', sdpMLineIndex: 0 });
    } catch (error) {
      failed.push(String(error));
    }
  }
  return failed;
}

/** Adds an element to the page. */
function add(name: string, attributes: Record<string, string>, inside = ''): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (inside) element.textContent = inside;
  document.body.append(element);
  return element;
}

/** Where a listener is. */
type Address = { at: string; http: string; named: string };

const WAYS: Readonly<Record<string, (address: Address) => unknown>> = {
  'fetch': ({ http }) => fetch(`${http}/fetch`, { mode: 'no-cors' }),
  'fetch, keepalive': ({ http }) =>
    fetch(`${http}/keepalive`, { mode: 'no-cors', keepalive: true, method: 'POST' }),
  'beacon': ({ http }) => navigator.sendBeacon(`${http}/beacon`, 'x'),
  'XMLHttpRequest': ({ http }) => {
    const request = new XMLHttpRequest();
    request.open('GET', `${http}/xhr`);
    request.send();
  },
  'EventSource': ({ http }) => new EventSource(`${http}/events`),
  'WebSocket': ({ at }) => new WebSocket(`ws://${at}/socket`),
  'WebTransport': ({ at }) => void new WebTransport(`https://${at}/transport`).ready.catch(() => undefined),
  'links': ({ http, named }) => {
    for (const rel of [
      'preconnect',
      'dns-prefetch',
      'prefetch',
      'prerender',
      'modulepreload',
      'stylesheet',
      'icon',
      'manifest',
    ])
      for (const base of [http, named]) add('link', { rel, href: `${base}/${rel}` });
    for (const as of ['script', 'image', 'font', 'fetch', 'style'])
      add('link', { rel: 'preload', as, crossorigin: '', href: `${http}/preload-${as}` });
  },
  'elements': ({ http }) => {
    for (const name of ['img', 'script', 'iframe', 'embed', 'video', 'audio', 'source', 'track'])
      add(name, { src: `${http}/${name}` });
    add('object', { data: `${http}/object` });
    add('video', { poster: `${http}/poster` });
    add('meta', { 'http-equiv': 'refresh', 'content': `0;url=${http}/refresh` });
  },
  'styles': ({ http }) => {
    add('style', {}, `@import '${http}/import.css'; @font-face { font-family: x; src: url(${http}/font); }`);
    add(
      'p',
      { style: `background: url(${http}/background); font-family: x; cursor: url(${http}/cursor), auto` },
      'x',
    );
  },
  'speculation rules': ({ http }) =>
    add(
      'script',
      { type: 'speculationrules' },
      JSON.stringify({ prefetch: [{ source: 'list', urls: [`${http}/speculation`] }] }),
    ),
  'workers': ({ at, http }) => {
    const script = `importScripts('${http}/script'); fetch('${http}/worker'); new WebSocket('ws://${at}/worker')`;
    const blob = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    for (const address of [`${http}/worker.js`, blob, `data:text/javascript,${encodeURIComponent(script)}`]) {
      try {
        new Worker(address);
      } catch {
        // Refused at once.
      }
    }
  },
  'a module': ({ http }) => import(/* @vite-ignore */ `${http}/module.js`).catch(() => undefined),
  'a frame of its own': ({ http }) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<img src="${http}/in-frame"><link rel="preconnect" href="${http}">`;
    document.body.append(frame);
  },
  'forms': ({ http }) => {
    for (const method of ['get', 'post'])
      for (const target of ['_self', '_blank']) {
        const form = add('form', { action: `${http}/form`, method, target }) as HTMLFormElement;
        form.submit();
      }
  },
  'a link that pings': ({ http }) => {
    const link = add('a', { href: '#', ping: `${http}/ping` });
    link.click();
  },
  'windows and addresses': ({ http }) => {
    window.open(`${http}/window`);
    location.assign(`${http}/location`);
  },
};

/** Tries everything else by which a page requests something. Returns the ways that could not be tried. */
export function tryRequests({ ears }: { ears: Ear[] }): string[] {
  const failed: string[] = [];
  for (const { host, port } of ears) {
    const at = `${host}:${port}`;
    const address = { at, http: `http://${at}`, named: `http://localhost:${port}` };
    for (const [name, way] of Object.entries(WAYS)) {
      try {
        const done = way(address);
        if (done instanceof Promise) done.catch(() => undefined);
      } catch (error) {
        failed.push(`${name}: ${String(error)}`);
      }
    }
  }
  return failed;
}
