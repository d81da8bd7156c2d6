/** Every setting of a run has its field in a form. */
import { expect, test } from 'vitest';
import { isSettingPath, RUN_SETTINGS } from '#main/contract/index.ts';

const FORMS = import.meta.glob<string>(
  ['./*.svelte', '../dataset/*.svelte', '../../topics/settings/*.svelte'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

test('every setting of a run is named by a form', () => {
  const text = Object.values(FORMS).join('\n');
  const isNamed = (path: string): boolean => {
    const option = path.replace('dataset.options.', '');
    return [`'${path}'`, `"${path}"`, `control('${option}')`].some((name) => text.includes(name));
  };
  const paths = RUN_SETTINGS.map(({ path }) => path).filter(isSettingPath);
  expect(paths.filter((path) => !isNamed(path))).toEqual([]);
});
