// @ts-check
/**
 * Prints figures of the code as JSON, one line each: of this folder, or of the commits that the command line
 * names.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from './entries.mjs';

const ROOMS = ['main', 'electron', 'renderer', 'e2e'];
const WIDTH = 110;
const DUPLICATE_LINES = 6;

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return /\.(ts|mjs|cjs|svelte)$/.test(entry.name) ? [file] : [];
  });
}

/** @param {string} file */
const isTest = (file) => /\.test\.\w+$|(^|[\\/])test-[^\\/]*$|[\\/]e2e[\\/]/.test(file);

/**
 * The script of a Svelte component, or the text of another file.
 * @param {string} text
 * @param {string} file
 */
function scriptOf(text, file) {
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, script]) => script ?? '').join('\n');
}

/** @param {string} root */
function measure(root) {
  const files = ROOMS.flatMap((room) => filesBelow(path.join(root, room)));
  /** @type {number[]} */
  const functions = [];
  const counts = { nonNullAssertions: 0, casts: 0 };
  let wide = 0;
  let largest = { file: '', lines: 0 };
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const lines = text.trimEnd().split('\n');
    wide += lines.filter((line) => line.length > WIDTH).length;
    if (lines.length > largest.lines && !isTest(file))
      largest = { file: path.relative(root, file), lines: lines.length };
    const source = ts.createSourceFile(file, scriptOf(text, file), ts.ScriptTarget.Latest, true);
    visit(source, (node) => {
      if (isFunction(node) && !isTest(file)) functions.push(linesOf(source, node));
      if (isTest(file)) return;
      if (ts.isNonNullExpression(node)) counts.nonNullAssertions += 1;
      if (ts.isAsExpression(node) && node.type.getText(source) !== 'const') counts.casts += 1;
    });
  }
  return {
    files: files.length,
    linesOverWidth: wide,
    functions: spreadOf(functions),
    largestFile: largest,
    ...counts,
    duplicates: duplicates(root),
    cycles: {
      files: cycles(root, []),
      folders: cycles(root, ['--config', '.dependency-cruiser-folders.cjs']),
    },
  };
}

/** The distribution of the lengths of functions, in lines. @param {number[]} lengths */
function spreadOf(lengths) {
  const rising = [...lengths].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    rising[Math.min(rising.length - 1, Math.floor(rising.length * share))];
  return { count: rising.length, median: at(0.5), p90: at(0.9), max: rising.at(-1) };
}

/** @param {ts.Node} node @param {(node: ts.Node) => void} see */
function visit(node, see) {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** @param {ts.Node} node */
function isFunction(node) {
  return (
    (ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isMethodDeclaration(node)) &&
    node.body !== undefined
  );
}

/** @param {ts.SourceFile} source @param {ts.Node} node */
function linesOf(source, node) {
  const line = (/** @type {number} */ position) => source.getLineAndCharacterOfPosition(position).line;
  return line(node.end) - line(node.getStart(source)) + 1;
}

/**
 * Counts pairs of passages that have at least DUPLICATE_LINES lines in common, without tests.
 * @param {string} root
 */
function duplicates(root) {
  const output = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-duplicates-'));
  try {
    const program = path.join(projectRoot, 'node_modules', 'jscpd', 'bin', 'jscpd');
    execFileSync(
      process.execPath,
      [
        program,
        ...ROOMS.slice(0, 3),
        '--min-lines',
        String(DUPLICATE_LINES),
        '--min-tokens',
        '40',
        '--ignore',
        '**/*.test.*,**/test-*,**/*.json',
        '--reporters',
        'json',
        '--silent',
        '--output',
        output,
      ],
      { cwd: root, stdio: 'ignore' },
    );
    const { statistics } = JSON.parse(readFileSync(path.join(output, 'jscpd-report.json'), 'utf8'));
    return { pairs: statistics.total.clones, lines: statistics.total.duplicatedLines };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** Counts the import cycles. @param {string} root @param {string[]} flags */
function cycles(root, flags) {
  const program = path.join(
    projectRoot,
    'node_modules',
    'dependency-cruiser',
    'bin',
    'dependency-cruise.mjs',
  );
  const rooms = flags.length > 0 ? ['main'] : ROOMS.slice(0, 3);
  const report = JSON.parse(
    execFileSync(process.execPath, [program, ...flags, '--output-type', 'json', ...rooms], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    }),
  );
  return report.summary.violations.filter((/** @type {{ rule: { name: string } }} */ { rule }) =>
    /cycle/.test(rule.name),
  ).length;
}

/**
 * Has the files of a commit used, in a temporary folder.
 * @param {string} commit
 * @param {(root: string) => void} use
 */
function withCommit(commit, use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-code-'));
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], {
      input: execFileSync('git', ['archive', commit], { cwd: projectRoot, maxBuffer: 2 ** 30 }),
    });
    symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
    // It is measured by today's rules.
    for (const name of readdirSync(projectRoot).filter((each) =>
      /^(tsconfig|\.dependency-cruiser)/.test(each),
    ))
      copyFileSync(path.join(projectRoot, name), path.join(folder, name));
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const commit of process.argv.slice(2))
  withCommit(commit, (root) => console.log(JSON.stringify({ commit, ...measure(root) })));
if (process.argv.length === 2)
  console.log(JSON.stringify({ commit: 'this folder', ...measure(projectRoot) }));
