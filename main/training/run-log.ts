/**
 * The log of a run: log.txt in its folder, rotated; it names versions, machine and settings, and holds no
 * image.
 */
import os from 'node:os';
import path from 'node:path';
import log from 'electron-log/node.js';
import type { RunConfig, RunEvent } from '../contract/index.ts';
import { requireInside } from '../runs/index.ts';
import { tensorFlowVersions } from '../tensor.ts';

/** The log, and what it is renamed to when it is full. */
const LOGS = ['log.txt', 'log.old.txt'] as const;
const MOST_BYTES = 1_000_000;

// The run itself reports a disk that refuses; electron-log would also do so, on standard error, by its first
// logger.
log.transports.console.writeFn = () => undefined;

export type RunLog = { event(event: RunEvent): void; error(error: unknown): void };

/** Opens a run's log and writes down what it is run on. Throws StudioError `run-unsafe`. */
export function openRunLog({
  folder,
  config,
  program,
}: {
  folder: string;
  config: RunConfig;
  program: string;
}): RunLog {
  for (const name of LOGS) requireInside(folder, path.join(folder, name));
  const logger = log.create({ logId: folder });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => path.join(folder, LOGS[0]);
  logger.transports.file.maxSize = MOST_BYTES;
  const { tfjs, libtensorflow } = tensorFlowVersions();
  logger.info(
    `${program} on Node ${process.versions.node}, tfjs-node ${tfjs}, libtensorflow ${libtensorflow}, ${process.platform} ${os.release()}, ` +
      `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
  );
  logger.info(`Settings: ${JSON.stringify(config)}`);
  return {
    event: (event) => {
      if (event.type === 'losses' || event.type === 'progress' || event.type === 'samples') return;
      const write = event.type === 'warning' || event.type === 'step-refused' ? logger.warn : logger.info;
      write(JSON.stringify(event));
    },
    error: (error) => logger.error(error),
  };
}
