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
  // A parent has a smaller process id than its children, so it comes before them.
  for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
  return all
    .filter(({ pid, commandLine }) => own.has(pid) && commandLine !== '')
    .map(({ pid, commandLine }) => ({ pid, commandLine }));
}

/** Those of them that still live. A process id may be used again, so the command line is compared too. */
export function survivors(processes: AppProcess[]): AppProcess[] {
  return processes.filter(({ pid, commandLine }) => describe(String(pid)).commandLine === commandLine);
}

/** The utility process that has loaded a shared library, such as TensorFlow, which only the trainer loads. */
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
