// Lets Node load TypeScript. tsx finds what is imported: aliases, files without an extension, packages of ES modules. swc,
// which the tests run with, compiles it in this process; tsx would ask another one for each file, which takes five times
// as long: docs/decisions/0009-typescript-at-run-time.md
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

// Whatever folder a program was started in, the aliases of this workspace hold; in what it starts, those of another may.
process.env.TSX_TSCONFIG_PATH = join(__dirname, '../../tsconfig.json');
requireInstalled('tsx/cjs');
delete process.env.TSX_TSCONFIG_PATH;

// An alias leads to the same file from everywhere, and tsx looks for it anew each time.
const findFile = Module._resolveFilename;
const aliased = new Map();
Module._resolveFilename = function (request, ...given) {
  const file = aliased.get(request) ?? findFile.call(this, request, ...given);
  if (/^@(home|tools|life)\//.test(request)) aliased.set(request, file);
  return file;
};

const { transformSync } = requireInstalled('@swc/core');

/** @type {import('@swc/core').Options} */
const options = {
  swcrc: false,
  configFile: false,
  isModule: true,
  sourceMaps: 'inline',
  // An ES module is imported as one.
  module: { type: 'commonjs', ignoreDynamic: true },
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
};

const loadWithTsx = require.extensions['.ts'];

require.extensions['.ts'] = (module, filename) => {
  // What every command imports is loaded while its entry is: a mistake there is told in a line before it can run.
  if (module.id === '.') tellMistakes(() => load(module, filename));
  else load(module, filename);
};

function load(module, filename) {
  const code = compile(filename);
  // Of a file that does not parse, tsx says in one line what is wrong and where.
  if (code === undefined) loadWithTsx(module, filename);
  else module._compile(code, filename);
}

function tellMistakes(work) {
  try {
    work();
  } catch (error) {
    const { problemsOf } = require('../../libs/terraform/failure.ts');
    const problems = problemsOf(join(__dirname, '../..'), error);
    if (problems === undefined) throw error;
    console.error(require('../../libs/terraform/problem.ts').formatProblems(problems));
    process.exit(1);
  }
}

function compile(filename) {
  const source = readFileSync(filename, 'utf8');
  try {
    return transformSync(source, { ...options, filename }).code;
  } catch {
    return undefined;
  }
}

/** Without these two nothing runs, not even what tells mistakes in lines. */
function requireInstalled(name) {
  try {
    return require(name);
  } catch (error) {
    // Nx loads this file as well, and tells what it catches.
    if (error.code !== 'MODULE_NOT_FOUND' || require.main !== undefined) throw error;
    console.error(
      `node_modules: must hold what package.json names, but there is no "${name}". Run \`npm ci\`.`,
    );
    process.exit(1);
  }
}
