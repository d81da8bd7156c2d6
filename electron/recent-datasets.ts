/**
 * The recent data sets, newest first, in a file of the app's; their places stay granted from one session to
 * the next.
 */
import path from 'node:path';
import { z } from 'zod';
import {
  DEFAULT_DATASET_OPTIONS,
  recentDatasetSchema,
  sourceKey,
  type DatasetSource,
  type RecentDataset,
} from '#main/contract/index.ts';
import { readList, saveList } from './list-file.ts';

const MOST = 12;
/**
 * Folders from older versions, which remembered only folders; they stay granted, and come after the data
 * sets.
 */
const MOST_FOLDERS = 50;
type Entry = RecentDataset | string;

export class RecentDatasets {
  /** Called when the list has changed. */
  changed: (() => void) | undefined;
  private readonly file: string;
  private entries: Entry[];

  /**
   * @param file the file that keeps the list
   * @param before the file of older versions, a list of folders, newest last
   */
  constructor(file: string, before: string) {
    this.file = file;
    this.entries = entriesIn(file) ?? (entriesIn(before) ?? []).reverse();
  }

  /** Newest first. */
  get list(): RecentDataset[] {
    return this.entries.slice(0, MOST).map(asDataset);
  }

  /** Every folder, file and archive of these data sets. */
  get places(): string[] {
    return this.entries.flatMap((entry) => placesIn(asDataset(entry).source));
  }

  /** Puts the data set first; an earlier entry of the same source is replaced. */
  remember(dataset: RecentDataset): void {
    const others = this.others(dataset.source);
    const datasets = others.filter((entry) => typeof entry !== 'string').slice(0, MOST - 1);
    const folders = others.filter((entry) => typeof entry === 'string').slice(0, MOST_FOLDERS);
    this.save([dataset, ...datasets, ...folders]);
  }

  forget(source: DatasetSource): void {
    this.save(this.others(source));
  }

  clear(): void {
    this.save([]);
  }

  private others(source: DatasetSource): Entry[] {
    const key = sourceKey(source);
    return this.entries.filter((entry) => sourceKey(asDataset(entry).source) !== key);
  }

  private save(entries: Entry[]): void {
    this.entries = entries;
    saveList(this.file, entries);
    this.changed?.();
  }
}

/** The paths of a source; none for a built-in data set and for points. */
export function placesIn(source: DatasetSource): string[] {
  return source.kind === 'files' ? source.paths : [];
}

function entriesIn(file: string): Entry[] | undefined {
  return readList(file, z.union([recentDatasetSchema, z.string().min(1)]));
}

function asDataset(entry: Entry): RecentDataset {
  if (typeof entry !== 'string') return entry;
  return {
    source: { kind: 'files', paths: [entry] },
    options: DEFAULT_DATASET_OPTIONS,
    leftOut: [],
    name: path.basename(entry),
    count: 0,
  };
}
