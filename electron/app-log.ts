/**
 * Starts the app's log: its first line names the versions and the machine, later ones the processes that
 * broke. It never leaves this machine.
 */
import os from 'node:os';
import { app } from 'electron';
import { describeError, log, openLog } from './log.ts';

const GIBIBYTE = 2 ** 30;

/** Starts the log in this folder. */
export function startAppLog(folder: string): void {
  openLog(folder);
  log.info(opening());
  app.on('render-process-gone', (_event, _page, { reason, exitCode }) =>
    log.error(`The page ended: ${reason}, exit code ${exitCode}.`),
  );
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    // The app kills idle decoders itself; when a host was killed, its supervisor logs the reason.
    const write = reason === 'killed' ? log.info : log.error;
    write(`A process of type ${type} ended: ${reason}, exit code ${exitCode}.`);
  });
  // A monitor, unlike a handler, keeps Electron's own dialog about such an error.
  process.on('uncaughtExceptionMonitor', (error) => log.error(describeError(error)));
  process.on('unhandledRejection', (error) => log.error(describeError(error)));
}

function opening(): string {
  const { electron, chrome, node } = process.versions;
  const processors = os.cpus();
  return (
    `GAN Studio ${app.getVersion()}, Electron ${electron}, Chrome ${chrome}, Node ${node}, ` +
    `${process.platform} ${os.release()} ${process.arch}, ${processors[0]?.model.trim() ?? 'unknown processor'}, ` +
    `${processors.length} cores, ${(os.totalmem() / GIBIBYTE).toFixed(1)} GiB memory.`
  );
}
