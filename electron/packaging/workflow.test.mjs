// @ts-check
/** The release workflow: its actions cannot change, and only steps that sign get secrets. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './entries.mjs';

const workflow = readFileSync(path.join(projectRoot, '.github', 'workflows', 'release.yml'), 'utf8');
const steps = workflow.split(/^ {6}- /m).slice(1);

test('every action is pinned by the hash of its commit, with its version beside it', () => {
  const actions = steps.filter((step) => step.startsWith('uses:'));
  expect(actions).toHaveLength(3);
  for (const action of actions)
    expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n/);
});

test('the workflow may read the project, and nothing else', () => {
  expect(/^permissions:\n((?: {2}.*\n)+)/m.exec(workflow)?.[1]).toBe('  contents: read\n');
  expect(workflow.match(/permissions:/g)).toHaveLength(1);
});

test('secrets are given to the steps that sign, and each system has its own', () => {
  const secretsOf = (/** @type {string} */ system) =>
    steps
      .filter((step) => step.includes(`runner.os == '${system}'`))
      .flatMap((step) => [...step.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name));
  expect(secretsOf('Linux')).toEqual([]);
  expect(secretsOf('Windows')).toEqual(['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD']);
  expect(secretsOf('macOS')).toEqual([
    'CSC_LINK',
    'CSC_KEY_PASSWORD',
    'APPLE_ID',
    'APPLE_APP_SPECIFIC_PASSWORD',
    'APPLE_TEAM_ID',
  ]);
  expect(workflow.match(/secrets\./g)).toHaveLength(7);
});
