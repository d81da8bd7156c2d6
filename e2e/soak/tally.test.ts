/** A tally names what grew, died, failed or was left behind, and is silent when all is well. */
import { expect, test } from 'vitest';
import { ROLES, type Held, type Role } from './processes.ts';
import { tallyOf, type Findings, type Sample } from './tally.ts';
import { tallyWords } from './tally-words.ts';

type Day = { minutes?: number; change?: (sample: Sample, minute: number) => void };

function day({ minutes = 60, change }: Day = {}): Findings {
  const samples = Array.from({ length: minutes + 1 }, (_, minute) => {
    const sample = sampleAt(minute);
    change?.(sample, minute);
    return sample;
  });
  return { seed: 1, samples, actions: { view: 3 }, errors: [], warnings: {}, diskFaults: [] };
}

function sampleAt(minute: number): Sample {
  const held = Object.fromEntries(
    // Memory goes up and down, as heaps do.
    ROLES.map((role, index): [Role, Held] => [
      role,
      { pids: [index + 1], megabytes: 200 + 10 * (minute % 3), handles: 50 },
    ]),
  ) as Record<Role, Held>;
  const disk = { runs: 1e6 * minute, cache: 8e6, logs: 1e4, others: 5e6, unfinished: [] };
  return { hours: minute / 60, step: 100 * minute, processes: 8, held, disk };
}

test('a good day has no faults', () => {
  const tally = tallyOf(day());
  expect(tally.faults).toEqual([]);
  expect(tally.isJudged).toBe(true);
  expect(tallyWords(tally)).toContain('All is well.');
});

test('a leak of memory and one of handles are reported, each with its process', () => {
  const { faults } = tallyOf(
    day({
      change: ({ held }, minute) => {
        held.trainer.megabytes += 2 * minute;
        held.main.handles += minute;
      },
    }),
  );
  expect(faults).toEqual([
    expect.stringMatching(/^The handles of main grew by 60 ± 0 handles an hour over the second half; 20 /),
    expect.stringMatching(
      /^The memory of trainer grew by 1[12]\d ± \d+ MB an hour over the second half; 40 /,
    ),
  ]);
});

test('growth in the first half alone is no leak, and roles that come and go are not judged', () => {
  const { faults, megabytes } = tallyOf(
    day({
      change: ({ held }, minute) => {
        held.page.megabytes += 20 * Math.min(minute, 20);
        held.others.megabytes += 10 * minute;
      },
    }),
  );
  expect(faults).toEqual([]);
  expect(megabytes.page.trend?.perHour).toBeGreaterThan(100);
});

test('the growth of a short run is not judged, and the words say so', () => {
  const tally = tallyOf(
    day({ minutes: 9, change: ({ held }, minute) => (held.page.megabytes += 50 * minute) }),
  );
  expect(tally.faults).toEqual([]);
  expect(tallyWords(tally)).toContain('Slopes are not judged: the run was shorter than 10 minutes.');
});

test('a process that was replaced is reported as ended', () => {
  const { faults } = tallyOf(
    day({
      change: ({ held }, minute) => {
        if (minute >= 7) held.library.pids = [99];
      },
    }),
  );
  expect(faults).toEqual(['The process of library (5) had ended after 7 minutes.']);
});

test('errors, unfinished files, a huge log and a disk that is not as forecast are faults', () => {
  const findings = day({
    change: ({ disk }, minute) => {
      if (minute === 60) Object.assign(disk, { unfinished: ['runs/a.unfinished'], logs: 9e6 });
    },
  });
  findings.errors.push({ hours: 0.1, action: 'latent', message: 'TypeError: no such thing' });
  const { faults } = tallyOf({ ...findings, diskFaults: ['The run a takes too much.'] });
  expect(faults).toEqual([
    'During “latent”: TypeError: no such thing',
    'The file runs/a.unfinished was left unfinished.',
    'The app’s log takes 9000000 bytes.',
    'The run a takes too much.',
  ]);
  expect(tallyWords(tallyOf(findings))).toContain('- During “latent”: TypeError: no such thing');
});
