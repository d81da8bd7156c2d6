/** Every setting of a run has its field in a form. */
import { expect, test } from 'vitest';
import { isSettingPath, RUN_SETTINGS } from '#main/contract/index.ts';

declare global {
  interface ImportMeta {
    /** Vite puts the files in its place. */
    glob: (
      files: string[],
      options: { query: '?raw'; import: 'default'; eager: true },
    ) => Record<string, string>;
  }
}

const FORMS = import.meta.glob(['./*.svelte', '../dataset/*.svelte'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every setting of a run is named by a form', () => {
  const text = Object.values(FORMS).join('\n');
  const isNamed = (path: string): boolean => {
    const option = path.replace('dataset.options.', '');
    return [`'${path}'`, `"${path}"`, `control('${option}')`].some((name) => text.includes(name));
  };
  const paths = RUN_SETTINGS.map(({ path }) => path).filter(isSettingPath);
  expect(paths.filter((path) => !isNamed(path))).toEqual([]);
});
