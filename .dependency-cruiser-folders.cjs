// @ts-check
/** No cycle between folders of the core, tests left out: they look at a room from outside. */
const { options } = require('./.dependency-cruiser.cjs');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles-of-folders',
      comment: 'Decide which folder stands above the other, and move what both need below them.',
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
