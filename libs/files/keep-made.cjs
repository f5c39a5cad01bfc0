// Plain JavaScript, because what loads TypeScript needs it.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const v8 = require('node:v8');
const { Script } = require('node:vm');

/** Outside of git. */
const folder = join(__dirname, '../../.cache/made');

/** @type {import('./keep-made.cjs').keepMade} */
exports.keepMade = function keepMade(name, sources, make) {
  const file = join(folder, name);
  const kept = readKept(file);
  if (kept !== undefined && kept.seal === sealOf(sources, kept.text)) return kept.text;
  const text = make();
  keep(file, `${sealOf(sources, text)}\n${text}`);
  return text;
};

/** Only for a whole text that was made from just these sources; whatever else the file holds does not fit. */
function sealOf(sources, text) {
  const hash = createHash('sha256');
  for (const part of [...sources, text]) hash.update(`${part.length} `).update(part);
  return hash.digest('base64');
}

function readKept(file) {
  try {
    const content = readFileSync(file, 'utf8');
    const end = content.indexOf('\n');
    return { seal: content.slice(0, end), text: content.slice(end + 1) };
  } catch {
    return undefined;
  }
}

/** No draft is needed: half a file has no seal that fits. */
function keep(file, content) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch {
    // Where nothing can be written, it is made anew each time.
  }
}

/** @type {import('./keep-made.cjs').compileKept} */
exports.compileKept = function compileKept(name, parameters, code, options) {
  const head = `(function (${parameters.join(', ')}) {`;
  const source = `${head}${code}\n})`;
  const given = { ...options, columnOffset: -head.length };
  const file = join(folder, `${name}.v8`);
  // What was compiled has the name of its file in it, which is another one in a copy of the workspace.
  const sealed = `${options?.filename} ${source}`;
  const cachedData = readCompiled(file, sealed);
  const script = cachedData ? new Script(source, { ...given, cachedData }) : compileWhole(source, given);
  if (cachedData === undefined) {
    const compiled = script.createCachedData();
    keep(file, Buffer.concat([sealOfCompiled(sealed, compiled), compiled]));
  }
  return script.runInThisContext();
};

function readCompiled(file, sealed) {
  try {
    const content = readFileSync(file);
    const compiled = content.subarray(sealLength);
    return sealOfCompiled(sealed, compiled).equals(content.subarray(0, sealLength)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

const sealLength = 32;

/** V8 itself only compares its own version and the length of the source. */
const sealOfCompiled = (sealed, compiled) =>
  createHash('sha256')
    .update(`${v8.cachedDataVersionTag()} ${sealed.length} ${sealed}`)
    .update(compiled)
    .digest();

/** V8 compiles most functions when they are first called, and would keep none of these. */
function compileWhole(source, options) {
  v8.setFlagsFromString('--no-lazy');
  try {
    return new Script(source, options);
  } finally {
    v8.setFlagsFromString('--lazy');
  }
}
