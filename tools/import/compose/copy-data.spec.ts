import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';

let root: string;

beforeEach(() => {
  root = makeTemporaryFolder();
  // Each does what the real one does here: the container's files lie below `old`, the NAS and the claim in folders of their own.
  standIn(
    'docker',
    `[ "$1 $2 $4" = "compose cp -" ] && path=${root}/old/\${3%%:*}\${3#*:} &&
    tar -cf - -C "$(dirname "$path")" "$(basename "$path")"`,
  );
  standIn('ssh', `echo "ssh $1" >> ${root}/log; sh -c "$2"`);
  standIn(
    'kubectl',
    `echo "kubectl $3 $4 $5" >> ${root}/log; [ "$3" != run ] || exec node -e '
    const given = process.argv.find((one) => one.startsWith("--overrides=")).slice(12);
    const { containers: [{ command }], volumes: [{ persistentVolumeClaim: { claimName } }] } = JSON.parse(given).spec;
    const [, flag, script, ...others] = command;
    const inside = script.replace("/to;", "${root}/" + claimName + ";");
    process.exit(require("child_process").spawnSync("sh", [flag, inside, ...others], { stdio: "inherit" }).status);
  ' -- "$@"`,
  );
});

afterEach(() => rmSync(root, { recursive: true }));

function standIn(name: string, text: string): void {
  write(`bin/${name}`, `#!/bin/sh\n${text}\n`);
  chmodSync(join(root, 'bin', name), 0o755);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Runs a script with some calls at its end, as an import writes them. */
function run(script: string, ...calls: readonly string[]) {
  cpSync(join(__dirname, script), join(root, script));
  writeFileSync(join(root, script), ['', 'nas=nas', ...calls, ''].join('\n'), { flag: 'a' });
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}` };
  const { status, stderr } = spawnSync('sh', [script], { cwd: root, env, encoding: 'utf8' });
  return { status, stderr };
}

describe('copy-to-share.sh', () => {
  const call = () => run('copy-to-share.sh', `to_share web /srv/photos '${root}/nas/web photos' 1`);

  it('fills a folder of the share with what the service holds', () => {
    write('old/web/srv/photos/2024/a.jpg', 'a');
    write('old/web/srv/photos/.index', 'i');
    expect(call()).toEqual({ status: 0, stderr: '' });
    expect([read('nas/web photos/2024/a.jpg'), read('nas/web photos/.index')]).toEqual(['a', 'i']);
  });

  it('leaves what is there already, says so and stops', () => {
    write('old/web/srv/photos/2024/a.jpg', 'old');
    write('old/web/srv/photos/2024/b.jpg', 'b');
    write('nas/web photos/2024/a.jpg', 'newer');
    const { status, stderr } = call();
    expect(status).not.toBe(0);
    expect(stderr).toContain('a.jpg: Cannot open: File exists');
    expect([read('nas/web photos/2024/a.jpg'), read('nas/web photos/2024/b.jpg')]).toEqual(['newer', 'b']);
  });
});

describe('copy-to-disk.sh', () => {
  const call = (...more: readonly string[]) =>
    run('copy-to-disk.sh', 'to_disk db apps db:/data db-data 1', ...more);

  it('fills a claim while nothing writes there, and sets aside what the app began with', () => {
    write('old/db/data/app.sqlite3', 'full');
    write('db-data/app.sqlite3', 'empty');
    write('db-data/app.sqlite3-wal', 'log of the empty one');
    write('db-data/.hidden/file', 'h');
    expect(call()).toEqual({ status: 0, stderr: '' });
    const [aside = '', ...others] = readdirSync(join(root, 'db-data')).sort();
    expect([aside, ...others]).toEqual([expect.stringMatching(/^\.before-copy-\d+$/), 'app.sqlite3']);
    expect(read('db-data/app.sqlite3')).toBe('full');
    expect(readdirSync(join(root, 'db-data', aside)).sort()).toEqual([
      '.hidden',
      'app.sqlite3',
      'app.sqlite3-wal',
    ]);
    expect(read('log').split('\n')).toEqual([
      'kubectl scale statefulset/db --replicas=0',
      'kubectl wait pod --selector=app=db',
      'kubectl run copy-db -i',
      'kubectl scale statefulset/db --replicas=1',
      '',
    ]);
  });

  it('does not take back by a second run what was written after the first', () => {
    write('old/db/data/app.sqlite3', 'old');
    mkdirSync(join(root, 'db-data'));
    expect(call().status).toBe(0);
    write('db-data/app.sqlite3', 'newer');
    // The second run is another one by its second.
    spawnSync('sleep', ['1.1']);
    const { status, stderr } = call();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^The claim was filled before, and \.before-copy-\d+ lies in it\. Move that away to fill it again\.\n/,
    );
    expect(read('db-data/app.sqlite3')).toBe('newer');
  });

  it('puts several files into one claim', () => {
    write('old/db/data/app.sqlite3', 'full');
    write('old/db/etc/key', 'k');
    write('db-data/key', 'made anew');
    expect(call('to_disk db apps db:/etc/key db-data 0').status).toBe(0);
    expect([read('db-data/app.sqlite3'), read('db-data/key')]).toEqual(['full', 'k']);
  });

  it('leaves the claim as it was where the copy fails, and starts the app again', () => {
    write('db-data/app.sqlite3', 'empty');
    expect(call().status).not.toBe(0);
    expect(read('db-data/app.sqlite3')).toBe('empty');
    expect(readdirSync(join(root, 'db-data'))).toEqual(['app.sqlite3']);
    expect(read('log').trim().split('\n').at(-1)).toBe('kubectl scale statefulset/db --replicas=1');
    write('old/db/data/app.sqlite3', 'full');
    expect(call().status).toBe(0);
    expect(read('db-data/app.sqlite3')).toBe('full');
  });
});
