/** The start of a side process: the first message brings the port to the host that it works for. */
type HostPort = {
  post: (message: unknown) => void;
  onMessage: (listener: (message: unknown) => void) => void;
};

/** Waits for that message, then has `serve` work for the host. */
export function servePort(serve: (host: HostPort) => void): void {
  process.parentPort.once('message', ({ ports: [port] }) => {
    if (!port) return;
    serve({
      post: (message) => port.postMessage(message),
      // Within the port's own callback, Electron 22 treats a rejection as unhandled before its handler is in
      // place.
      onMessage: (listener) => {
        port.on('message', ({ data }) => setImmediate(() => listener(data)));
      },
    });
    port.start();
  });
}
