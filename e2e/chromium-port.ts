/**
 * Evaluates expressions in the page of a release through Chromium's own port. Playwright cannot use this port,
 * since Electron lacks the part of its protocol that Playwright begins with.
 */
import { spawnSync, type ChildProcess } from 'node:child_process';

/**
 * The port at which a program started with `--remote-debugging-port=0` listens, and what it printed until
 * then.
 */
export function portOf(app: ChildProcess): Promise<{ port: string; said: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    app.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve({ port: new URL(address).port, said });
    });
    app.once('exit', () => reject(new Error(`It ended before it listened. It said: ${said}`)));
  });
}

/** The value of an expression in the page; '' while there is no page. */
export async function inPage(port: string, expression: string): Promise<unknown> {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const pages = (await listed.json()) as { type: string; webSocketDebuggerUrl: string }[];
  const address = pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '';
  const { stdout } = spawnSync(
    process.execPath,
    ['--experimental-websocket', '-e', ASK, address, expression],
    {
      encoding: 'utf8',
      timeout: 10_000,
    },
  );
  return stdout === '' ? '' : JSON.parse(stdout);
}

const ASK = `
  const [address, expression] = process.argv.slice(1);
  const socket = new WebSocket(address);
  const params = { expression, returnByValue: true };
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(data);
    if (id !== 1) return;
    console.log(JSON.stringify(result.result.value ?? null));
    socket.close();
  };
`;
