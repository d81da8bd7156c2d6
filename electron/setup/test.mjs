// @ts-check
/** Runs all tests: static checks, unit tests, packaging, and end-to-end tests of the packaged app. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkInstall } from './check-install.mjs';
import { openScreen } from './display.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { buildFolder, modulesFolder, projectRoot, readJson } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError } from './report.mjs';
import { quietEnvironment } from './studio.mjs';
import { countPlaywright, countVitest, summaryLine, withStageFailure } from './test-counts.mjs';

const reports = path.join(buildFolder, 'test');

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/** @typedef {[string, () => Promise<Counts>]} Stage */

/**
 * Every stage runs, even if earlier ones failed. The lists within an entry run side by side, since each check
 * uses one core.
 * @type {Stage[][][]}
 */
const stages = [
  [
    [['lint', () => check('eslint/bin/eslint.js', ['.'])]],
    [
      ['types', () => check('typescript/bin/tsc', ['--build'])],
      [
        'types in Svelte components',
        () => check('svelte-check/bin/svelte-check', ['--tsconfig', './tsconfig.page.json']),
      ],
      ['layout', () => check('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])],
      [
        'import rules',
        () => check('dependency-cruiser/bin/dependency-cruise.mjs', ['main', 'electron', 'renderer']),
      ],
      [
        'import rules of folders',
        () =>
          check('dependency-cruiser/bin/dependency-cruise.mjs', [
            '--config',
            '.dependency-cruiser-folders.cjs',
            'main',
          ]),
      ],
    ],
  ],
  [[['unit tests', unitTests]]],
  [[['package', packaging]]],
  [[['end-to-end tests', endToEndTests]]],
];

/** Takes another ten minutes: `npm test -- --installed`. @type {Stage} */
const installedStage = ['the packages, installed in clean Debian systems', checkInstall];

/**
 * Runs all stages.
 * @param {string[]} parameters `--installed` adds the installation of the packages
 * @returns {Promise<number>} the exit code
 */
export async function test(parameters) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    await ensure({ electron: true, window: true, screen: true });
    rmSync(reports, { recursive: true, force: true });
    mkdirSync(reports, { recursive: true });
  } catch (error) {
    report(error);
    console.log(summaryLine({ ...total, failed: 1 }));
    return 1;
  }
  const wanted = parameters.includes('--installed') ? [...stages, [[installedStage]]] : stages;
  for (const lanes of wanted) {
    for (const counts of (await Promise.all(lanes.map(runInTurn))).flat()) {
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  }
  console.log(`\n${summaryLine(total)}`);
  return total.failed === 0 ? 0 : 1;
}

/**
 * Runs these stages one after the other, and prints the counts of each.
 * @param {Stage[]} lane
 * @returns {Promise<Counts[]>}
 */
async function runInTurn(lane) {
  const counted = [];
  for (const [name, stage] of lane) {
    console.log(`\n== ${name}`);
    const started = Date.now();
    const counts = await stage().catch((error) => {
      report(error);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    console.log(`== ${name}: ${summaryLine(counts)} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    counted.push(counts);
  }
  return counted;
}

/**
 * A static check counts as one test.
 * @param {string} script inside node_modules
 * @param {string[]} parameters
 * @returns {Promise<Counts>}
 */
async function check(script, parameters) {
  const code = await node([path.join(modulesFolder, script), ...parameters]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** @returns {Promise<Counts>} */
async function unitTests() {
  const file = path.join(reports, 'vitest.json');
  const code = await node([
    path.join(modulesFolder, 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return withStageFailure(countVitest(readJson(file)), code);
}

/** @returns {Promise<Counts>} */
async function packaging() {
  await packageApp();
  return { passed: 1, failed: 0, skipped: 0 };
}

/** @returns {Promise<Counts>} */
async function endToEndTests() {
  const file = path.join(reports, 'playwright.json');
  const screen = await openScreen();
  try {
    const code = await node(
      [path.join(modulesFolder, '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
      { ...screen.environment, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    );
    return withStageFailure(countPlaywright(readJson(file)), code);
  } finally {
    screen.stop();
  }
}

/**
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} [environment]
 */
async function node(parameters, environment = process.env) {
  const outcome = await run(process.execPath, parameters, {
    cwd: projectRoot,
    environment: { ...quietEnvironment, ...environment },
    output: 'inherit',
  });
  return outcome.code;
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof SetupError ? error.message : error);
}
