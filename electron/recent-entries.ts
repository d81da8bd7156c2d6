/** The recent data sets and runs in the menu: the newest few that still exist, each under a distinct name. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { RecentDataset } from '#main/contract/index.ts';
import { contains } from './places.ts';
import { placesIn } from './recent-datasets.ts';
import type { RecentRun } from './recent-runs.ts';

const MOST = 5;

export type RecentEntries = {
  datasets: { label: string; dataset: RecentDataset }[];
  runs: { label: string; folder: string }[];
};

type RecentLists = {
  datasets: readonly RecentDataset[];
  runs: readonly RecentRun[];
  /** The folder that runs go to; runs elsewhere cannot be opened. */
  runsFolder: string;
};

export async function recentEntries({ datasets, runs, runsFolder }: RecentLists): Promise<RecentEntries> {
  const opened = await newest(datasets, ({ source }) => placesIn(source));
  const inFolder = runs.filter(({ folder }) => contains(runsFolder, folder));
  const used = await newest(inFolder, ({ folder }) => [path.join(folder, 'config.json')]);
  return {
    datasets: labelled(opened, ({ source, name }) => ({ name, place: placesIn(source)[0] })).map(
      ({ label, entry }) => ({ label, dataset: entry }),
    ),
    runs: labelled(used, ({ folder, name }) => ({ name, place: folder })).map(({ label, entry }) => ({
      label,
      folder: entry.folder,
    })),
  };
}

/** The first few whose places all exist. */
async function newest<Entry>(
  entries: readonly Entry[],
  placesOf: (entry: Entry) => readonly string[],
): Promise<Entry[]> {
  const there = await Promise.all(
    entries.map(async (entry) => (await Promise.all(placesOf(entry).map(isThere))).every(Boolean)),
  );
  return entries.filter((_entry, index) => there[index]).slice(0, MOST);
}

function isThere(place: string): Promise<boolean> {
  return fs.access(place).then(
    () => true,
    () => false,
  );
}

/** Labels each entry with its name, and with its place too where several have the same name. */
function labelled<Entry>(
  entries: readonly Entry[],
  wordsOf: (entry: Entry) => { name: string; place: string | undefined },
): { label: string; entry: Entry }[] {
  const names = entries.map((entry) => wordsOf(entry).name);
  return entries.map((entry) => {
    const { name, place } = wordsOf(entry);
    const isAlone = place === undefined || names.filter((each) => each === name).length === 1;
    return { label: isAlone ? name : `${name} (${place})`, entry };
  });
}
