/**
 * How the app quits: while a run is under way, a person is asked first, but a signal quits without a
 * question; then the app waits for the hosts to end.
 */
import { app, type BrowserWindow } from 'electron';
import { currentRun } from './current-run.ts';
import { offerToQuit, tellNotSaved } from './dialogs.ts';
import { failureToSave } from './last-save.ts';
import { describeError, log } from './log.ts';
import type { RunWatch } from './run-watch.ts';
import type { HostName } from './host-process.ts';
import type { Supervisor } from './supervisor.ts';

/** Long enough for a slow disk to take a checkpoint. */
const CLOSING_LIMIT_MILLISECONDS = 20_000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

type Quitting = { window: BrowserWindow; hosts: Record<HostName, Supervisor>; watch: RunWatch };

/**
 * Lets the app quit without losing a step or leaving a process behind. Every way to quit closes the window
 * first.
 */
export function prepareQuitting({ window, hosts, watch }: Quitting): void {
  let asking = false;
  let agreed = false;
  const quit = () => {
    agreed = true;
    app.quit();
  };
  window.on('close', (event) => {
    if (agreed || !watch.isUnderWay) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void mayQuit({ window, hosts, watch }).then((may) => {
      asking = false;
      if (may) quit();
    });
  });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      log.info(`${signal}: quitting.`);
      quit();
    });
  }
  waitForHosts(Object.values(hosts));
}

async function mayQuit({ window, hosts, watch }: Quitting): Promise<boolean> {
  try {
    const run = await currentRun(hosts.trainer);
    if (!watch.isUnderWay) return true;
    const answer = await offerToQuit(window, run);
    if (answer !== 'save') return answer === 'quit';
    const failure = await failureToSave(hosts.trainer, {
      status: run?.status,
      limitMilliseconds: CLOSING_LIMIT_MILLISECONDS,
    });
    if (failure) await tellNotSaved(window, failure);
    return !failure;
  } catch (error) {
    log.error(`The question before quitting failed: ${describeError(error)}`);
    return true;
  }
}

/** Delays the end until both hosts have ended; the trainer saves a checkpoint first. */
function waitForHosts(hosts: Supervisor[]): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void Promise.all(
      hosts.map((host) => host.close({ limitMilliseconds: CLOSING_LIMIT_MILLISECONDS })),
    ).finally(() => {
      log.info('GAN Studio ended.');
      app.exit(0);
    });
  });
}
