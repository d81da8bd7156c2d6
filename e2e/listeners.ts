/**
 * Listeners at this machine's own addresses that notice whatever leaves the app: TCP, UDP and multicast DNS.
 */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';

/** An address at which TCP and UDP listen, both at one port. */
export type Ear = { host: string; port: number };

export class Listeners {
  readonly ears: Ear[] = [];
  /** What arrived, such as `udp 127.0.0.1`, once each. */
  readonly heard = new Set<string>();
  private readonly open: { close(): unknown }[] = [];

  /** Listens at loopback and every other IPv4 address, and for multicast DNS questions with this word. */
  static async start(word: string): Promise<Listeners> {
    const listeners = new Listeners();
    const others = Object.values(os.networkInterfaces()).flatMap((addresses = []) =>
      addresses
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => address),
    );
    for (const host of ['127.0.0.1', ...others]) await listeners.listen(host);
    await listeners.listenToNeighbours(word);
    return listeners;
  }

  close(): void {
    for (const socket of this.open) socket.close();
  }

  private async listen(host: string): Promise<void> {
    const server = net.createServer((socket) => {
      this.heard.add(`tcp ${host}`);
      socket.once('data', (data) => {
        this.heard.add(`tcp ${host}: ${printable(data)}`);
        socket.destroy();
      });
      socket.on('error', () => undefined);
    });
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    const udp = dgram.createSocket('udp4').on('message', () => this.heard.add(`udp ${host}`));
    udp.bind(port, host);
    await once(udp, 'listening');
    this.open.push(server, udp);
    this.ears.push({ host, port });
  }

  private async listenToNeighbours(word: string): Promise<void> {
    const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true }).on('message', (message) => {
      if (message.includes(word)) this.heard.add('multicast DNS');
    });
    socket.bind(5353);
    await once(socket, 'listening');
    for (const { host } of this.ears) {
      try {
        socket.addMembership('224.0.0.251', host);
      } catch {
        // This interface has no multicast.
      }
    }
    this.open.push(socket);
  }
}

/** The first line of a request, its unprintable bytes as spaces, at most 80 characters. */
function printable(data: Buffer): string {
  const [line = ''] = data.toString('latin1').split('\r\n');
  return line.replace(/[^ -~]+/g, ' ').slice(0, 80);
}
