// @ts-check
/**
 * The rules of the house style that ESLint can check, and import rules for .svelte files, which
 * dependency-cruiser misses.
 */
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

const typed = ['{main,electron,renderer,e2e}/**/*.ts', '**/*.svelte', '*.config.ts'];

/** @typedef {{ regex: string, message: string }} Refused */
/** @type {Refused[]} */
const outsideThePage = [
  {
    regex: '^#main/(?!contract/index\\.ts$)',
    message: 'The page sees the contract only: import from #main/contract/index.ts.',
  },
  {
    regex: '^(\\.\\./)+(main|electron|e2e)/',
    message: 'The page sees the contract only: import from #main/contract/index.ts.',
  },
  {
    regex: '^(electron|node:.*|@tensorflow/.*|@napi-rs/.*)$',
    message: 'The page has no Node: add a command to the contract and call it.',
  },
];
/** @type {Refused} */
const chart = {
  regex: '^chart\\.js',
  message: 'Draw with renderer/parts/LineChart.svelte, which alone knows chart.js.',
};
/** @type {Refused} */
const aboveParts = {
  regex: '/(state|topics|views)/',
  message: 'A part knows no topic: pass it what it shows as props.',
};
/** @type {Refused} */
const aboveState = {
  regex: '/(topics|views)/',
  message: 'State knows no topic or view: let the view import the state.',
};

/** @type {Refused} */
const aboveTopics = {
  regex: '/views/',
  message: 'A topic knows no view: pass it what differs from view to view as props.',
};

/**
 * @param {Refused[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const refuse = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

/**
 * Files that walk pixels, weights or columns by index, where no type can say that the index is within bounds.
 * The list may only get shorter.
 */
const walkByIndex = [
  'main/bench/mixed-pictures.ts',
  'main/command-line/check-kills.ts',
  'main/command-line/train-flags.ts',
  'main/datasets/batch-stream.ts',
  'main/datasets/batches.ts',
  'main/datasets/in-order.ts',
  'main/datasets/levels.ts',
  'main/datasets/mutated-files.ts',
  'main/datasets/points.ts',
  'main/datasets/scan.ts',
  'main/explore/generate.ts',
  'main/explore/latent-tensors.ts',
  'main/inspect/compare.ts',
  'main/inspect/move.ts',
  'main/inspect/numbers.ts',
  'main/inspect/trace.ts',
  'main/lab/carry-over.ts',
  'main/lab/heat.ts',
  'main/lab/lab.ts',
  'main/lab/frame.ts',
  'main/lab/mesh.ts',
  'main/latent.ts',
  'main/corrected-gradients.ts',
  'main/metrics/balls.ts',
  'main/metrics/classifier.ts',
  'main/metrics/frechet.ts',
  'main/metrics/kid.ts',
  'main/metrics/nearest.ts',
  'main/metrics/products.ts',
  'main/metrics/random-features.ts',
  'main/metrics/rows.ts',
  'main/optimizers/sgd.ts',
  'main/pictures/canvas.ts',
  'main/pictures/colours.ts',
  'main/pictures/flatten.ts',
  'main/pictures/rust-picture.ts',
  'main/pictures/vips-pages.ts',
  'main/random.ts',
  'main/reference/close.ts',
  'main/reference/replay.ts',
  'main/runs/picture.ts',
  'main/samples/scatter.ts',
  'main/training/programs.ts',
  'main/training/session.ts',
  'main/training/step.ts',
  'main/training/take-turn.ts',
  'renderer/parts/min-max.ts',
  'renderer/state/shares.ts',
];

export default defineConfig(
  {
    ignores: ['build/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/'],
  },
  {
    files: typed,
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      'prefer-const': ['error', { destructuring: 'all' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowArray: true }],
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A handler returns a promise whether or not it awaits anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: typescript.parser } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      // The parser does not know the types inside markup; svelte-check does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    rules: {
      'eqeqeq': 'error',
      'no-console': 'off',
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: walkByIndex, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.{mjs,cjs}'], languageOptions: { globals: globals.node } },
  { files: ['renderer/**'], rules: refuse(...outsideThePage, chart) },
  { files: ['renderer/state/**'], rules: refuse(...outsideThePage, chart, aboveState) },
  { files: ['renderer/topics/**'], rules: refuse(...outsideThePage, chart, aboveTopics) },
  { files: ['renderer/parts/**'], rules: refuse(...outsideThePage, chart, aboveParts) },
  { files: ['renderer/parts/{LineChart.svelte,line-plot.ts}'], rules: refuse(...outsideThePage, aboveParts) },
  {
    files: ['electron/setup/**'],
    ignores: ['**/*.test.mjs'],
    rules: refuse({
      regex: '^(?!node:|\\.{1,2}/)',
      message: 'Set-up runs before anything is installed: use Node built-ins (node:...) only.',
    }),
  },
  {
    files: ['**/*.test.{ts,mjs}', '**/test-*.ts', 'e2e/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      // test.each passes a row as parameters.
      'max-params': 'off',
      // Tests parse JSON that they wrote themselves.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
);
