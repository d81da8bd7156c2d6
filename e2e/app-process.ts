/** Finds the processes of one started app, by the home folder that all of them carry in their environment. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type AppProcess = { pid: number; commandLine: string };

/** Every living process of the app with this home; on systems without /proc, none is seen. */
export function processesOf(home: string): AppProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const environment = read(name, 'environ');
    const commandLine = read(name, 'cmdline').replaceAll('\0', ' ').trim();
    return environment.includes(`GAN_STUDIO_HOME=${home}\0`) && commandLine ? [{ pid: Number(name), commandLine }] : [];
  });
}

/** The utility processes that hold a library: TensorFlow in the trainer, the image decoder in the library host. */
export function utilityWith(home: string, library: string): AppProcess {
  const found = processesOf(home).find(({ pid, commandLine }) => (
    commandLine.includes('--type=utility') && read(String(pid), 'maps').includes(library)
  ));
  if (!found) throw new Error(`No utility process of ${home} holds ${library}`);
  return found;
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(path.join('/proc', pid, file), 'latin1');
  } catch {
    return '';
  }
}
