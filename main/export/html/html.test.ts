import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { initialWeights, portableNetwork } from '../../layers/index.ts';
import { TOLERANCE } from '../check-file.ts';
import type { ExportSubject } from '../exporter.ts';
import { EVERY_OPERATION, SUBJECTS, subjectNamed } from '../test-subjects.ts';
import { checkHtml, elementOf, largestDifference, runningOf } from './check.ts';
import { folded } from './folded.ts';
import { html } from './index.ts';
import type { Rows } from './page/model.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-html-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function exported(subject: ExportSubject): Promise<string> {
  const files = await html.files(subject, { layout: 'NHWC' });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  return path.join(
    folder,
    Object.keys(files).find((name) => name.endsWith('.html'))!,
  );
}

/** The rows three times, behind one another. */
const threefold = ({ shape: [rows = 0, ...shape], values }: Rows): Rows => ({
  shape: [3 * rows, ...shape],
  values: [1, 2, 3].flatMap(() => Array.from(values)),
});
const allThreefold = (all: Record<string, Rows>) =>
  Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, threefold(rows)]));

describe.each(SUBJECTS)('the page of %s', (name) => {
  test('answers what the app answers, for as many rows as it is given', async () => {
    const subject = subjectNamed(name);
    const file = await exported(subject);
    const { difference } = await checkHtml(file);
    expect(difference).toBeLessThan(TOLERANCE);

    const running = await runningOf(fs.readFileSync(file, 'utf8'));
    expect(running.backend).toBe('wasm');
    for (const { name: player, known } of subject.networks) {
      const answers = await running.run(player, allThreefold(known.inputs));
      for (const [output, numbers] of Object.entries(known.outputs))
        expect(largestDifference(threefold(numbers), answers[output])).toBeLessThan(TOLERANCE);
    }
  });
});
