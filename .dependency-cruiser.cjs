// @ts-check
/** The import rules of the design; the comment of a rule says what to do about a violation. */

/** Folders of the core that do not import each other. */
const strangers = ['gans', 'losses', 'stabilisers', 'optimizers', 'datasets', 'metrics', 'export'];
/** Folders from which others import only index.ts. */
const withDoors = [
  ...strangers,
  'graph',
  'layers',
  'runs',
  'explore',
  'inspect',
  'lab',
  'decoding',
  'pictures',
  'training',
  'trainer',
  'recipe',
  'quality',
  'health',
  'export-checks',
];

/** @param {string} folder */
const keepApart = (folder) => ({
  name: `${folder}-stands-alone`,
  comment: `Let main/training bring ${folder} and the other together, or move what both need to main/contract or main/layers.`,
  severity: 'error',
  from: { path: `^main/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^main/(${strangers.filter((other) => other !== folder).join('|')})/` },
});

/** @param {string} folder */
const enterByDoor = (folder) => ({
  name: `${folder}-by-its-door`,
  comment: `Import main/${folder}/index.ts, and export there what is missing.`,
  severity: 'error',
  from: { pathNot: [`^main/${folder}/`, '(^|/)test-[^/]*\\.ts$', '\\.test\\.ts$'] },
  // Others than runs write whole files too.
  to: { path: `^main/${folder}/`, pathNot: [`^main/${folder}/index\\.ts$`, '^main/runs/files\\.ts$'] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Move what both need into a third file below them.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'Correct the path, or add the package to package.json.',
      severity: 'error',
      from: {},
      // electron/packaging provides the virtual modules.
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'contract-is-a-leaf',
      comment: 'The contract may import zod and itself; move the rest to where it is used.',
      severity: 'error',
      from: { path: '^main/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^main/contract/', '^node_modules/zod/'] },
    },
    {
      name: 'health-reads-history',
      comment:
        'A health rule reads only what a run logged: measure it in main/training, and declare it in the contract.',
      severity: 'error',
      from: { path: '^main/health/', pathNot: '\\.test\\.ts$' },
      to: { path: '^main/', pathNot: ['^main/health/', '^main/contract/'] },
    },
    {
      name: 'core-knows-no-window',
      comment:
        'The core is plain Node: emit an event, or return the value, and let electron/ or renderer/ act on it.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: ['^electron/', '^renderer/', '^e2e/', '^node_modules/electron/', '^electron$'] },
    },
    {
      name: 'one-door-to-tensorflow',
      comment: 'Import main/tensor.ts, and add there what is missing.',
      severity: 'error',
      from: {
        pathNot: [
          '^main/tensor\\.ts$',
          '^e2e/',
          '^main/(bench|reference)/',
          '\\.test\\.ts$',
          // It runs in a browser.
          '^main/export/html/page/',
          '^main/export-checks/plain-tfjs\\.ts$',
        ],
      },
      to: { path: '(^|/)@tensorflow/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pictures-are-decoded-in-processes-of-their-own',
      comment: 'Ask a pool of main/decoding for the pixels: a file that hangs a decoder must not hang you.',
      severity: 'error',
      from: {
        pathNot: [
          '^main/pictures/',
          '^main/decoder\\.ts$',
          '^electron/decoder-host\\.ts$',
          '(^|/)test-[^/]*\\.ts$',
          '\\.test\\.m?ts$',
        ],
      },
      to: { path: '^main/pictures/' },
    },
    {
      name: 'one-door-to-libvips',
      comment: 'Import main/pictures/vips.ts, and add there what is missing.',
      severity: 'error',
      from: { pathNot: ['^main/pictures/vips\\.ts$', '^main/bench/', '\\.test\\.ts$'] },
      to: { path: '(^|/)wasm-vips' },
    },
    ...strangers.map(keepApart),
    ...withDoors.map(enterByDoor),
    {
      name: 'app-sees-the-contract',
      comment:
        'Let a host answer a command instead: only the hosts may import more of the core than the contract, folders.ts and runs/files.ts.',
      severity: 'error',
      from: {
        path: '^electron/',
        pathNot: [
          '^electron/(trainer|library|decoder|export-check)-host\\.ts$',
          '^electron/(host|side-ports)\\.ts$',
          '^electron/(setup|packaging)/',
          '\\.test\\.ts$',
        ],
      },
      to: {
        path: '^main/',
        pathNot: ['^main/contract/(index|channels)\\.ts$', '^main/folders\\.ts$', '^main/runs/files\\.ts$'],
      },
    },
    {
      name: 'only-the-trainer-host-trains',
      comment: 'Send the command to the trainer host: the library host must answer while a step runs.',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/trainer-host\\.ts$' },
      to: { path: '^main/(training|trainer)/' },
    },
    {
      name: 'app-leaves-the-page-alone',
      comment: 'Send the page an event instead.',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/packaging/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'setup-needs-nothing',
      comment:
        'Set-up runs before anything is installed: use Node built-ins (node:...) and files of electron/setup only.',
      severity: 'error',
      from: { path: '^electron/setup/', pathNot: '\\.test\\.mjs$' },
      to: { pathNot: ['^electron/setup/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'page-sees-the-contract',
      comment: 'Import #main/contract/index.ts, and add there, as a command or an event, what is missing.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^main/', '^electron/', '^e2e/'], pathNot: '^main/contract/index\\.ts$' },
    },
    {
      name: 'page-has-no-node',
      comment: 'Add a command to the contract and call it; the page runs in a sandbox.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-has-no-native-code',
      comment: 'Add a command to the contract and call it; the page runs in a sandbox.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^node_modules/(electron|@tensorflow|@napi-rs)/' },
    },
    {
      name: 'parts-know-no-topic',
      comment: 'Pass the part what it shows as props, and import it from the view.',
      severity: 'error',
      from: { path: '^renderer/parts/' },
      to: { path: '^renderer/(state|topics|views)/' },
    },
    {
      name: 'state-knows-no-view',
      comment: 'Let the view import the state, and read it.',
      severity: 'error',
      from: { path: '^renderer/state/' },
      to: { path: '^renderer/(topics|views)/' },
    },
    {
      name: 'topics-know-no-view',
      comment: 'Pass what differs from view to view as props.',
      severity: 'error',
      from: { path: '^renderer/topics/' },
      to: { path: '^renderer/views/' },
    },
    {
      name: 'views-stand-alone',
      comment: 'Move what both views show to renderer/topics, or to renderer/parts where it knows no topic.',
      severity: 'error',
      from: { path: '^renderer/views/([^/]+)/' },
      to: { path: '^renderer/views/[^/]+/', pathNot: '^renderer/views/$1/' },
    },
    {
      name: 'one-door-to-charts',
      comment: 'Draw with renderer/parts/LineChart.svelte.',
      severity: 'error',
      from: { pathNot: '^renderer/parts/(LineChart\\.svelte|line-plot\\.ts)$' },
      to: { path: '^node_modules/chart\\.js/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^build/', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.svelte', '.d.ts'],
    },
  },
};
