/**
 * The utility process that decodes pictures: the first message brings the port to the host that it works for.
 */
import { servePictures } from '#main/pictures/index.ts';

process.parentPort.once('message', ({ ports: [port] }) => {
  if (!port) return;
  servePictures({
    post: (message) => port.postMessage(message),
    // Within the port's own callback, Electron 22 takes a rejection for unhandled before its handler is in
    // place.
    onMessage: (listener) => {
      port.on('message', ({ data }) => setImmediate(() => listener(data)));
    },
  });
  port.start();
});
