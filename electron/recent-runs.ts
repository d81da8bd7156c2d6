/** The runs that were started, resumed or opened last, newest first, in a file of the app's. */
import { z } from 'zod';
import type { Command, CommandName } from '#main/contract/index.ts';
import { readList, saveList } from './list-file.ts';

const MOST = 12;
const entrySchema = z.object({ folder: z.string().min(1), name: z.string() });
export type RecentRun = z.infer<typeof entrySchema>;

/** The part of an answered run that is needed here. */
const runSchema = z.object({ folder: z.string().min(1), config: z.object({ name: z.string() }) });
const listSchema = z.object({ runs: z.array(runSchema) });
/** Commands that make a run the most recent one. */
const USES: readonly CommandName[] = ['run.start', 'run.resume', 'run.open'];

export class RecentRuns {
  /** Called when the list has changed. */
  changed: (() => void) | undefined;
  private readonly file: string;
  /** Undefined until the runs are known. */
  private entries: RecentRun[] | undefined;

  /** @param file the file that keeps the list */
  constructor(file: string) {
    this.file = file;
    this.entries = readList(file, entrySchema);
  }

  /** Newest first. */
  get list(): readonly RecentRun[] {
    return this.entries ?? [];
  }

  /** Takes from a command and its answer which runs were used, renamed or moved to the trash. */
  learn(command: Command, output: unknown): void {
    const { name } = command;
    if (USES.includes(name)) this.use(runSchema.parse(output));
    else if (isOf(command, 'runs.rename')) this.rename(command.input);
    else if (isOf(command, 'runs.trash')) this.forget(command.input.folder);
    else if (name === 'runs.list') this.takeNames(listSchema.parse(output).runs.map(entryOf));
  }

  clear(): void {
    this.save([]);
  }

  private use(run: z.infer<typeof runSchema>): void {
    const entry = entryOf(run);
    this.save([entry, ...this.list.filter(({ folder }) => folder !== entry.folder)].slice(0, MOST));
  }

  private rename(renamed: RecentRun): void {
    this.save(this.list.map((entry) => (entry.folder === renamed.folder ? { ...renamed } : entry)));
  }

  private forget(folder: string): void {
    this.save(this.list.filter((entry) => entry.folder !== folder));
  }

  /**
   * Takes over names that changed elsewhere. Where no list was kept yet, the newest runs become the recent
   * ones.
   */
  private takeNames(listed: readonly RecentRun[]): void {
    if (!this.entries) {
      this.save(listed.slice(0, MOST));
      return;
    }
    const names = new Map(listed.map(({ folder, name }) => [folder, name]));
    const named = this.entries.map(({ folder, name }) => ({ folder, name: names.get(folder) ?? name }));
    if (named.some(({ name }, index) => name !== this.entries?.[index]?.name)) this.save(named);
  }

  private save(entries: RecentRun[]): void {
    this.entries = entries;
    saveList(this.file, entries);
    this.changed?.();
  }
}

function entryOf({ folder, config }: z.infer<typeof runSchema>): RecentRun {
  return { folder, name: config.name };
}

function isOf<Name extends CommandName>(command: Command, name: Name): command is Command<Name> {
  return command.name === name;
}
