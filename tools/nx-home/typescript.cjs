// Lets Node load TypeScript: swc, which the tests run with, compiles it in this process, and what it made is kept. Node itself
// finds what is imported, but for the aliases of this workspace: docs/decisions/0009-typescript-at-run-time.md
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, relative, resolve } = require('node:path');

const workspace = join(__dirname, '../..');

// By paths that Nx does not read: to it what is required here would be loaded late everywhere.
const { compileKept, keepMade } = require(join(workspace, 'libs/files/keep-made.cjs'));

const { paths } = readSettings('tsconfig.base.json').compilerOptions;
/** The most particular first, as TypeScript takes them. */
const aliases = Object.entries(paths).sort(([one], [other]) => other.length - one.length);
const aliased = new Map();

// Whatever folder a program was started in, the aliases of this workspace hold.
const findFile = Module._resolveFilename;
Module._resolveFilename = function (request, ...given) {
  return findAliased(request) ?? findBeside(request, given[0]) ?? findFile.call(this, request, ...given);
};

function readSettings(file) {
  try {
    return JSON.parse(readFileSync(join(workspace, file), 'utf8'));
  } catch (error) {
    if (require.main !== undefined) throw error;
    console.error(
      `${file}: must be JSON (${error.message.split('\n')[0]}). Correct it, or take it back from git.`,
    );
    process.exit(1);
  }
}

function findAliased(request) {
  if (!/^@(home|tools|life)\//.test(request)) return undefined;
  const known = aliased.get(request);
  if (known !== undefined) return known;
  const [pattern, targets] = aliases.find(([name]) => matches(name, request)) ?? ['', []];
  const name = request.slice(pattern.length - 1);
  const file = targets.map((target) => join(workspace, target.replace('*', name))).find(existsSync);
  if (file !== undefined) aliased.set(request, file);
  return file;
}

/** The TypeScript that a file means by a path. Node, which tries other endings and follows links, takes four times as long. */
function findBeside(request, from) {
  if (!/^\..*[^./]$/.test(request) || !from?.filename?.endsWith('.ts')) return undefined;
  const file = `${resolve(dirname(from.filename), request)}.ts`;
  return existsSync(file) ? file : undefined;
}

const matches = (pattern, request) =>
  pattern.endsWith('*') ? request.startsWith(pattern.slice(0, -1)) : request === pattern;

/** @type {import('@swc/core').Options} */
const options = {
  swcrc: false,
  configFile: false,
  isModule: true,
  // An ES module is imported as one.
  module: { type: 'commonjs', ignoreDynamic: true },
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
};
const compiler = [JSON.stringify(options), requireInstalled('@swc/core/package.json').version];

require.extensions['.ts'] = (module, filename) => {
  // What every command imports is loaded while its entry is: a mistake there is told in a line before it can run.
  if (module.id === '.') tellMistakes(() => load(module, filename));
  else load(module, filename);
};

// Node tries them in order, and `./secrets` is secrets.ts, not secrets.json.
const { '.json': loadJson } = require.extensions;
delete require.extensions['.json'];
require.extensions['.json'] = loadJson;

function load(module, filename) {
  const source = readFileSync(filename, 'utf8');
  const name = join('code', relative(workspace, filename).replaceAll('..', '_'));
  const code = keepMade(name, [...compiler, source], () => compile(filename, source).code);
  // An `import()` in it leads to ES modules only where Node itself compiles.
  if (code.includes('import(')) module._compile(code, filename);
  else run(module, filename, name, code);
}

// The package `yaml` is 73 files, which take 40 ms to load, and 5 ms as one.
const loadScript = require.extensions['.js'];
require.extensions['.js'] = (module, filename) => {
  if (!filename.endsWith('/node_modules/yaml/dist/index.js') || filename !== require.resolve('yaml'))
    return loadScript(module, filename);
  const [{ version }, name] = [require('yaml/package.json'), 'packages/yaml.js'];
  run(
    module,
    filename,
    name,
    keepMade(name, [version], () => bundle(filename)),
  );
};

function bundle(file) {
  const options = { entryPoints: [file], bundle: true, platform: 'node', write: false };
  return requireInstalled('esbuild').buildSync(options).outputFiles[0].text;
}

function run(module, filename, name, code) {
  const { exports } = module;
  const given = [exports, Module.createRequire(filename), module, filename, dirname(filename)];
  compileKept(name, parameters, code, { filename }).apply(exports, given);
}

/** What Node gives every module. */
const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];

function compile(filename, source, given) {
  try {
    return requireInstalled('@swc/core').transformSync(source, { ...options, ...given, filename });
  } catch (error) {
    // Of a file that does not parse, esbuild says in one line what is wrong and where.
    requireInstalled('esbuild').transformSync(source, { loader: 'ts', sourcefile: filename });
    throw error;
  }
}

/** What a text becomes that no file has. */
module.exports = { compileText: (filename, source) => compile(filename, source).code };

function tellMistakes(work) {
  try {
    work();
  } catch (error) {
    const { problemsOf } = require(join(workspace, 'libs/terraform/failure.ts'));
    const problems = problemsOf(workspace, error);
    if (problems === undefined) throw error;
    console.error(require(join(workspace, 'libs/terraform/problem.ts')).formatProblems(problems));
    process.exit(1);
  }
}

// A stack names the lines that were written. Node would read the map of all that is loaded; nearly every run needs none.
Error.prepareStackTrace = (error, sites) =>
  [Error.prototype.toString.call(error), ...sites.map((site) => `    at ${asWritten(site)}`)].join('\n');

function asWritten(site) {
  const text = String(site);
  const file = site.getFileName();
  const position = `:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const found = mapOf(file)?.findEntry(site.getLineNumber() - 1, site.getColumnNumber() - 1);
  if (found?.originalLine === undefined) return text;
  const written = `:${found.originalLine + 1}:${found.originalColumn + 1}`;
  return text.replace(file + position, () => file + written);
}

const maps = new Map();

function mapOf(file) {
  if (!file?.endsWith('.ts') || maps.has(file)) return maps.get(file);
  // To make it asks for stacks, too.
  maps.set(file, undefined);
  try {
    const { map } = compile(file, readFileSync(file, 'utf8'), { sourceMaps: true });
    maps.set(file, new Module.SourceMap(JSON.parse(map)));
  } catch {
    // The file is gone, or another one by now.
  }
  return maps.get(file);
}

/** Without what package.json names nothing runs, not even what tells mistakes in lines. */
function requireInstalled(name) {
  try {
    return require(name);
  } catch (error) {
    // Nx loads this file as well, and tells what it catches.
    if (error.code !== 'MODULE_NOT_FOUND' || require.main !== undefined) throw error;
    const [, missing = name] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? [];
    console.error(
      `node_modules: must hold what package.json names, but there is no "${missing}". Run \`npm ci\`.`,
    );
    process.exit(1);
  }
}
