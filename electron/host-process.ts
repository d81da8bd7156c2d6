/** Starts the utility process of a host, and logs what it prints. */
import { createInterface } from 'node:readline';
import { utilityProcess, type UtilityProcess } from 'electron';
import type { Host } from '#main/contract/index.ts';
import type { Folders } from '#main/folders.ts';
import { onFatalError } from './electron-versions.ts';
import type { ToHost } from './host-messages.ts';
import { log } from './log.ts';
import { Vitals } from './vitals.ts';

/** The hosts that are processes of their own. */
export type HostName = Exclude<Host, 'studio'>;
/** What a process is started with. */
export type HostSettings = {
  folders: Folders;
  /** Variables added to the app's own. */
  environment: Record<string, string>;
};
export type HostStart = {
  name: HostName;
  /** The script it runs. */
  file: string;
  /** Called at every start of the process. */
  settings: () => HostSettings;
};

/** Starts the process with its settings as they are now; `vitals` gathers what explains its end. */
export function startHost({ name, file, settings }: HostStart): { child: UtilityProcess; vitals: Vitals } {
  const { folders, environment } = settings();
  const child = utilityProcess.fork(file, [], {
    serviceName: `GAN Studio ${name}`,
    stdio: 'pipe',
    env: { ...process.env, ...environment },
  });
  const vitals = new Vitals(child);
  logOutput(name, child, (line) => vitals.wrote(line));
  onFatalError(child, (location) => {
    log.error(`V8 gave up in the ${name} host, at ${location}.`);
    vitals.wrote(location);
  });
  child.once('spawn', () => log.info(`The ${name} host started, process ${child.pid}.`));
  child.postMessage({ type: 'begin', folders } satisfies ToHost);
  return { child, vitals };
}

/** Logs what a host prints; `wrote` receives each line that it writes to standard error. */
function logOutput(name: HostName, { stdout, stderr }: UtilityProcess, wrote: (line: string) => void): void {
  if (stdout) createInterface({ input: stdout }).on('line', (line) => log.info(`${name}: ${line}`));
  if (!stderr) return;
  createInterface({ input: stderr }).on('line', (line) => {
    log.warn(`${name}: ${line}`);
    wrote(line);
  });
}
