/** A utility process that works for a host: the first message brings the port to it. */
type Served = {
  post: (message: unknown) => void;
  onMessage: (listener: (message: unknown) => void) => void;
};

/** Serves that host. */
export function servePort(serve: (served: Served) => void): void {
  process.parentPort.once('message', ({ ports: [port] }) => {
    if (!port) return;
    serve({
      post: (message) => port.postMessage(message),
      // Within the port's own callback, Electron 22 takes a rejection for unhandled before its handler is in
      // place.
      onMessage: (listener) => {
        port.on('message', ({ data }) => setImmediate(() => listener(data)));
      },
    });
    port.start();
  });
}
