import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Gives a variable of an environment file a value where it stands, below its comment, and leaves every other line as it
 * is; what the file does not name yet comes last. The file is replaced in one step and readable by its owner alone.
 */
export function writeVariable(file: string, name: string, value: string): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const text = existsSync(target) ? readFileSync(target, 'utf8').replace(/\n$/, '') : '';
  const lines = text === '' ? [] : text.split('\n');
  const [at = lines.length, ...again] = lines.flatMap((line, index) => (assigns(line, name) ? [index] : []));
  const before = lines[at]?.split('=', 1)[0] ?? name;
  const content = [...lines.slice(0, at), `${before}=${value}`, ...lines.slice(at + 1), ''].filter(
    (_, index) => !again.includes(index),
  );
  const draft = `${target}.${process.pid}.draft`;
  writeFileSync(draft, content.join('\n'), { mode: 0o600 });
  renameSync(draft, target);
}

function assigns(line: string, name: string): boolean {
  return line.replace(/^\s*(export\s+)?/, '').startsWith(`${name}=`);
}
