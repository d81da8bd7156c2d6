/** A trainer for one test, with folders of its own, and all its events. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StudioEvent } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { createTrainer } from './handlers.ts';

export type TestTrainer = ReturnType<typeof openTestTrainer>;

/** `purpose` is in the folder's name; `close` ends the trainer and removes the folder. */
export function openTestTrainer(purpose: string) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `studio-${purpose}-`));
  const events: StudioEvent[] = [];
  const trainer = createTrainer({
    folders: { cache: path.join(folder, 'cache'), builtIn: folder, runs: path.join(folder, 'runs') },
    decoders: testDecoders,
    checkExport: async () => null,
    emit: (event) => events.push(event),
  });
  const close = async () => {
    await trainer.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { folder, events, trainer, close };
}
