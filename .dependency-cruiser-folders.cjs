// @ts-check
/**
 * The rule against cycles between folders of the core. Tests are left out, since they may import from any
 * folder.
 */
const { options } = require('./.dependency-cruiser.cjs');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles-of-folders',
      comment: 'Decide which folder may import the other, and move what both need into a folder below them.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^main/.' },
      to: { path: '^main/.', circular: true },
    },
  ],
  options: {
    ...options,
    exclude: { path: [...options.exclude.path, '\\.test\\.m?ts$', '(^|/)test-[^/]*\\.ts$'] },
  },
};
