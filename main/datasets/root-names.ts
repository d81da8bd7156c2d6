/**
 * Names of a data set's roots: in the paths of their files, in its own name, and in the sentence on what was
 * taken.
 */
import { basename, dirname } from 'node:path';

/** A root of a data set: a path as it was named, and what it leads to. */
export type NamedRoot = { named: string; kind: 'folder' | 'archive' | 'file' };

/** The name of each root in the paths of its files; empty for a single folder or archive. */
export function uniqueTitles(roots: NamedRoot[]): string[] {
  const [only] = roots;
  if (roots.length === 1 && only?.kind !== 'file') return [''];
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return roots.map((root) => {
    const title = titleOf(root);
    let count = counts.get(title) ?? 1;
    let unique = title;
    while (used.has(unique)) unique = `${title} (${++count})`;
    counts.set(title, count);
    used.add(unique);
    return unique;
  });
}

function titleOf({ named, kind }: NamedRoot): string {
  const name = basename(named) || named;
  return kind === 'archive' ? name.replace(/\.zip$/i, '') : name;
}

/** The name of a data set with these roots. */
export function nameOf(roots: NamedRoot[]): string {
  const [first] = roots;
  if (!first) return '';
  if (roots.length === 1) return titleOf(first);
  const parents = new Set(roots.map(({ named }) => dirname(named)));
  if (roots.every(({ kind }) => kind === 'file') && parents.size === 1)
    return `${roots.length} files of ${basename(dirname(first.named))}`;
  if (roots.length === 2) return roots.map(titleOf).join(' and ');
  return `${titleOf(first)} and ${roots.length - 1} more`;
}

/** One sentence on what was taken. */
export function takenOf(roots: NamedRoot[]): string {
  const of = (kind: NamedRoot['kind']) => roots.filter((root) => root.kind === kind).map(titleOf);
  const parts = [
    ...listed(of('folder'), { one: 'the folder', several: 'the folders' }),
    ...listed(of('archive'), { one: 'the archive', several: 'the archives' }),
    ...listed(of('file'), { one: 'the file', several: 'the files' }),
  ];
  return `Taken: ${parts.join(' and ')}, and nothing else.`;
}

/** The most names in a list; longer lists are counted. */
export const MOST_NAMES = 3;

function listed(names: string[], { one, several }: { one: string; several: string }): string[] {
  if (names.length === 0) return [];
  if (names.length === 1) return [`${one} ${names[0]}`];
  if (names.length > MOST_NAMES)
    return [`${names.length} ${several.replace('the ', '')}, ${names.slice(0, 2).join(', ')} among them`];
  return [`${several} ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`];
}
