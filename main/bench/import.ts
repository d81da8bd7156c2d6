/**
 * Measures how fast a folder of pictures is imported, beside another build: files a second, and the peak
 * memory of the process that starts the decoders.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { median } from '../median.ts';
import { writeMixedPictures } from './mixed-pictures.ts';
import { commandLineOf } from './other-build.ts';

const FILES = 2000;

export type ImportFigure =
  | { case: 'import'; round: number; build: string; filesPerSecond: number; hostMegabytes: number }
  | { case: 'import'; rounds: number; ratio: number; ratios: number[] };

/**
 * Measures this build and that of the commit `against`, in turns. Each trains one step on a cold and on a
 * warm cache; the difference is the import, as the rest is the same. `ratio`: the median over the rounds of
 * this build's rate divided by the other's.
 */
export async function* benchImport({
  rounds,
  against,
  cache,
  program,
}: {
  /** This build's command line. */
  program: string;
  rounds: number;
  against?: string | undefined;
  cache: string;
}): AsyncGenerator<ImportFigure> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-import-'));
  const programs = {
    here: program,
    ...(against === undefined ? {} : { [against]: commandLineOf(against, cache) }),
  };
  try {
    const data = path.join(place, 'data');
    await writeMixedPictures(data, { count: FILES, seed: 1 });
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const rates: number[] = [];
      for (const [build, program] of Object.entries(programs)) {
        const { rate, hostMegabytes } = await importOnce(program, { data, place });
        rates.push(rate);
        yield { case: 'import', round, build, filesPerSecond: rounded(rate), hostMegabytes };
      }
      const [here, other] = rates;
      if (here !== undefined && other !== undefined) ratios.push(rounded(here / other));
    }
    if (ratios.length > 0) yield { case: 'import', rounds, ratio: median(ratios), ratios };
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Files a second, from the extra time of the cold start over the warm one; and the peak memory of the cold
 * one.
 */
async function importOnce(
  program: string,
  { data, place }: { data: string; place: string },
): Promise<{ rate: number; hostMegabytes: number }> {
  const home = fs.mkdtempSync(path.join(place, 'home-'));
  try {
    const cold = await trainOneStep(program, { data, home, run: 'cold' });
    const warm = await trainOneStep(program, { data, home, run: 'warm' });
    return { rate: FILES / (cold.seconds - warm.seconds), hostMegabytes: Math.round(cold.megabytes) };
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function trainOneStep(
  program: string,
  { data, home, run }: { data: string; home: string; run: string },
): Promise<{ seconds: number; megabytes: number }> {
  const words = [
    'train',
    '--data',
    data,
    '--out',
    path.join(home, run),
    '--steps',
    '1',
    '--size',
    '64',
    '--gan',
    'mlp',
    '--batch',
    '2',
    '--json',
  ];
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...words], {
    stdio: 'ignore',
    env: { ...process.env, GAN_STUDIO_HOME: home },
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, mostMemory(child.pid));
  }, 100);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, megabytes });
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
}

/** The peak memory of a process so far, in MiB; 0 on systems other than Linux. */
function mostMemory(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const rounded = (value: number): number => Number(value.toPrecision(3));
