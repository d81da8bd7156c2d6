/**
 * Finds the processes of one started app: its home is in their command line or environment, or in that of a
 * parent.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type AppProcess = { pid: number; commandLine: string };

/** Every living process of the app with this home; on systems without /proc, none is seen. */
export function processesOf(home: string): AppProcess[] {
  const all =
    process.platform === 'linux'
      ? readdirSync('/proc')
          .filter((name) => /^\d+$/.test(name))
          .map(describe)
      : [];
  const own = new Set(all.filter(({ names }) => names.includes(home)).map(({ pid }) => pid));
  for (const { pid, parent } of all) if (own.has(parent)) own.add(pid); // a parent's number comes before its children's
  return all
    .filter(({ pid, commandLine }) => own.has(pid) && commandLine !== '')
    .map(({ pid, commandLine }) => ({ pid, commandLine }));
}

/** Those of them that still live; the number of one that has ended may name another by now. */
export function survivors(processes: AppProcess[]): AppProcess[] {
  return processes.filter(({ pid, commandLine }) => describe(String(pid)).commandLine === commandLine);
}

/** The utility process that holds a library: TensorFlow is in the trainer. */
export function utilityWith(home: string, library: string): AppProcess {
  const found = processesOf(home).find(
    ({ pid, commandLine }) =>
      commandLine.includes('--type=utility') && read(String(pid), 'maps').includes(library),
  );
  if (!found) throw new Error(`No utility process of ${home} holds ${library}`);
  return found;
}

function describe(pid: string) {
  const commandLine = read(pid, 'cmdline').replaceAll('\0', ' ').trim();
  return {
    pid: Number(pid),
    parent: Number(/^PPid:\s*(\d+)/m.exec(read(pid, 'status'))?.[1]),
    commandLine,
    names: commandLine + read(pid, 'environ'),
  };
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(path.join('/proc', pid, file), 'latin1');
  } catch {
    return '';
  }
}
