// Plain JavaScript, because what loads TypeScript needs it.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

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
