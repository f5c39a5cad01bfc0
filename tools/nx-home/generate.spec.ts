import { rmSync } from 'node:fs';
import { smallHome } from './small-home';
import { type Run, type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';

jest.setTimeout(120_000);

const workload = (body: string): string =>
  `import { resourceBlock, output } from '@home/terraform';\n${body}\n`;

describe('npm run generate', () => {
  let home: TemporaryWorkspace;
  const generate = (...given: string[]): Run =>
    home.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts', ...given);

  beforeAll(() => {
    home = temporaryWorkspace(smallHome);
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    home.commit();
  });
  afterEach(() => {
    home.run('git', 'checkout', '--quiet', '.');
    home.run('git', 'clean', '--quiet', '--force', '-d', 'apps', 'talos', 'terraform');
  });
  afterAll(() => rmSync(home.root, { recursive: true, force: true }));

  test('gives a stack the providers that its workloads configure, each once', () => {
    const configured = `import { provider } from '@home/providers';
import { resourceBlock } from '@home/terraform';
export default [provider('minio', { minio_server: 'nas:9000' }), resourceBlock('minio_s3_bucket', 'a', { bucket: 'a' })];
`;
    home.write({ 'apps/workloads/notes/main.ts': configured });
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    const { terraform } = JSON.parse(home.read('terraform/workloads/stack.tf.json'));
    expect(Object.keys(terraform.required_providers)).toEqual(['minio']);
    home.write({ 'apps/workloads/feed/main.ts': configured.replaceAll("'a'", "'b'") });
    expect(generate().stderr).toContain(
      'provider.minio: must be defined once in the stack workloads, but apps/workloads/feed defines it too.',
    );
  });

  test('refuses source text that Terraform could not parse, or that names what is not there', () => {
    home.write({
      'apps/workloads/notes/main.ts': `import { raw, resourceBlock } from '@home/terraform';
export default [
  resourceBlock('terraform_data', 'broken', { input: raw('1 2') }),
  resourceBlock('terraform_data', 'lost', { input: raw('var.nobody') }),
  resourceBlock('terraform_data', 'made', { input: raw('ephemeral.value.iterator') }),
];
`,
    });
    const { exitCode, stderr } = generate();
    expect({ exitCode, lines: stderr.trim().split('\n') }).toEqual({
      exitCode: 1,
      lines: [
        expect.stringMatching(
          /^apps\/workloads\/notes: terraform_data\.broken: input: must be an expression /,
        ),
        'apps/workloads/notes: terraform_data.lost: input: must name blocks of the stack workloads, which has no var.nobody. Correct the name, or use a typed reference to the block.',
      ],
    });
    expect(home.run('git', 'status', '--short', 'terraform').stdout).toBe('');
  });

  test.each(['once', 'again, when what was compiled is kept'])(
    'names the line that was written where a description ends the process: %s',
    () => {
      home.write({
        'apps/workloads/notes/main.ts': `process.exit(0);${smallHome['apps/workloads/notes/main.ts']}`,
      });
      expect(generate().stderr).toMatch(/^apps\/workloads\/notes\/main\.ts:1:9: must load to its end/);
    },
  );

  test('removes what is left of a stack that is gone, unless somebody has to destroy first what it made', () => {
    home.remove('apps/workloads');
    expect(generate('--check').stderr).toBe(
      'terraform/workloads: must belong to a stack, but apps/workloads is gone. Run `npm run generate`, which removes it.\n',
    );
    home.write({ '.state/workloads.tfstate': '{"version":4,"resources":[{}]}' });
    expect(generate('--check').stderr).toContain('`npm run destroy -- workloads` takes that back first');
    expect(generate().stdout).toContain('terraform/workloads stays, though its description is gone');
    home.remove('.state/workloads.tfstate');
    expect(generate().stdout).toContain('removed terraform/workloads/stack.tf.json');
    expect(Object.keys(home.generated()).filter((file) => file.startsWith('workloads/'))).toEqual([]);
    expect(generate('--check')).toMatchObject({ exitCode: 0 });
  });

  test('writes one file for each workload and each stack', () => {
    expect(Object.keys(home.generated())).toEqual([
      'platform/network.tf.json',
      'platform/stack.tf.json',
      'workloads/feed.tf.json',
      'workloads/notes.tf.json',
      'workloads/stack.tf.json',
    ]);
    expect(home.read('terraform/workloads/notes.tf.json')).toMatchInlineSnapshot(`
     "{
       "//": [
         "Generated. Do not edit: change the TypeScript and run \`npm run generate\`.",
         "Made from apps/workloads/notes/main.ts."
       ],
       "resource": {
         "terraform_data": {
           "notes": {
             "input": "notes.rpi"
           }
         }
       }
     }
     "
    `);
    expect(home.read('terraform/workloads/stack.tf.json')).toMatchInlineSnapshot(`
     "{
       "//": [
         "Generated. Do not edit: change the TypeScript and run \`npm run generate\`.",
         "Made from apps/workloads/stack.ts."
       ],
       "terraform": {
         "required_version": ">= 1.11.0",
         "required_providers": {},
         "backend": {
           "local": {
             "path": "../../.state/workloads.tfstate"
           }
         }
       }
     }
     "
    `);
  });

  test('changes nothing when it is run again', () => {
    expect(generate().stdout).toBe('5 generated files, none changed.\n');
    expect(generate('--check')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('reads an output of another stack from its state', () => {
    home.write({
      'apps/platform/network/main.ts': workload(`
const network = resourceBlock<{ id: string }>('terraform_data', 'network', {});
export const id = output('network_id', network.ref.id);
export default [network, id];`),
      'apps/workloads/notes/main.ts': workload(`
import { id } from '@home/platform/network';
export default resourceBlock('terraform_data', 'notes', { input: id.ref });`),
    });
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(home.read('terraform/workloads/notes.tf.json')).toContain(
      '${data.terraform_remote_state.platform.outputs.network_id}',
    );
    expect(JSON.parse(home.read('terraform/workloads/stack.tf.json'))).toMatchObject({
      data: {
        terraform_remote_state: {
          platform: { backend: 'local', config: { path: '../../.state/platform.tfstate' } },
        },
      },
    });
    expect(home.read('terraform/platform/stack.tf.json')).not.toContain('terraform_remote_state');
  });

  test('prints every mistake on a line of its own, and touches no file', () => {
    home.edit('apps/workloads/feed/main.ts', "'news'", "'other news'");
    home.write({
      'apps/workloads/throws/main.ts': workload(
        '\nconst feeds: string[] = [];\nexport default feeds[0]!.length;',
      ),
      'apps/workloads/exports-nothing/main.ts': workload('export const notes = 1;'),
      'apps/workloads/exports-text/main.ts': workload("export default 'notes';"),
      'apps/workloads/empty/main.ts': workload('export default [];'),
      'apps/workloads/syntax/main.ts': workload('export default [;'),
      'apps/workloads/missing/main.ts': workload(
        "import { a } from '@home/platform/missing';\nexport default a;",
      ),
      'apps/workloads/late/main.ts': workload(
        "import { notes } from '@home/workloads/throws';\nexport default notes;",
      ),
      'apps/workloads/unknown/main.ts': workload(
        "export default resourceBlock('terraform_data', 'a', { inpt: 1 });",
      ),
      'apps/workloads/stack/main.ts': workload("export default resourceBlock('terraform_data', 'b', {});"),
    });
    const before = home.generated();
    const { exitCode, stdout, stderr } = generate();
    expect(stderr).toMatchInlineSnapshot(`
     "apps/workloads/empty/main.ts: must export at least one block by default, but exports none. Export what it makes, or delete it.
     apps/workloads/exports-nothing/main.ts: must export blocks by default, but exports nothing. Write \`export default [ … ]\` with the blocks that it makes.
     apps/workloads/exports-text/main.ts: must export blocks by default, but exports the string "notes". Write \`export default [ … ]\` with the blocks that it makes.
     apps/workloads/missing/main.ts:2: must import what is there, but there is no "@home/platform/missing". Take the import out, the folder back from git, or apps/workloads/missing away with it: \`npx nx g remove missing\`.
     apps/workloads/stack: must not be called "stack", which is the stack's own file. Rename the folder.
     apps/workloads/syntax/main.ts:2:16: must be valid TypeScript: Unexpected ";". Correct the syntax.
     apps/workloads/throws/main.ts:4:26: must load without an error, but throws TypeError: Cannot read properties of undefined (reading 'length'). Correct the code there.
     apps/workloads/unknown: terraform_data.a: inpt: must be a name that the schema knows. Did you mean input?
     "
    `);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(home.generated()).toEqual(before);
  });

  test('refuses an address that another workload of the stack has, and a provider that the stack does not declare', () => {
    home.write({
      'apps/workloads/copy/main.ts': workload("export default resourceBlock('terraform_data', 'feed', {});"),
      'apps/workloads/again/main.ts': workload(
        "import { notes } from '@home/workloads/notes';\nexport default notes;",
      ),
      'apps/workloads/minio/main.ts': workload(
        "export default resourceBlock('minio_s3_bucket', 'a', { bucket: 'a' });",
      ),
    });
    expect(generate().stderr).toMatchInlineSnapshot(`
     "apps/workloads/again: terraform_data.notes: must belong to one workload, but apps/workloads/notes exports it by default too. Leave it out of one of the two default exports.
     apps/workloads/feed: terraform_data.feed: must be defined once in the stack workloads, but apps/workloads/copy defines it too. Give one of the two another label.
     apps/workloads/minio: minio_s3_bucket.a: needs the provider minio, which its stack does not declare. Add it to the providers in stack.ts.
     "
    `);
  });

  test('lets the compiler see what no schema does, before anything is written', () => {
    const strict = { extends: './tsconfig.base.json', compilerOptions: { noEmit: true, incremental: true } };
    home.write({
      'tsconfig.json': JSON.stringify(strict),
      'apps/workloads/typed/main.ts': workload(
        "const count: number = 'two';\nexport default resourceBlock('terraform_data', 'typed', { input: `${count}` });",
      ),
    });
    const { exitCode, stderr } = generate();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        "apps/workloads/typed/main.ts:2:7: must be what its type says: Type 'string' is not assignable to type 'number'. Correct it there.\n",
    });
    expect(home.generated()).not.toHaveProperty('workloads/typed.tf.json');
    home.edit('apps/workloads/typed/main.ts', ': number', ': string');
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    home.remove('tsconfig.json');
  });

  test('says which files are stale, edited by hand, missing or left over, and mends them', () => {
    const before = home.generated();
    home.edit('terraform/workloads/feed.tf.json', 'news', 'olds');
    home.remove('terraform/workloads/notes.tf.json');
    home.write({
      'terraform/workloads/gone.tf.json': before['workloads/feed.tf.json'] ?? '',
      'terraform/workloads/notes-of-mine.md': 'Terraform does not read it',
      'terraform/old-stack/stack.tf.json': before['workloads/stack.tf.json'] ?? '',
    });
    const { exitCode, stderr } = generate('--check');
    expect(stderr).toMatchInlineSnapshot(`
     "terraform/old-stack: must belong to a stack, but apps/old-stack is gone. Run \`npm run generate\`, which removes it.
     terraform/workloads/feed.tf.json:9: must be what apps/workloads/feed/main.ts describes, but is stale or was edited by hand. Run \`npm run generate\`; make lasting changes in the TypeScript.
     terraform/workloads/gone.tf.json: must belong to a workload, but its workload is gone. Run \`npm run generate\`, which removes it.
     terraform/workloads/notes.tf.json: must exist, since apps/workloads/notes/main.ts describes it. Run \`npm run generate\`; make lasting changes in the TypeScript.
     "
    `);
    expect(exitCode).toBe(1);
    expect(generate().stdout).toMatchInlineSnapshot(`
     "written terraform/workloads/feed.tf.json
     written terraform/workloads/notes.tf.json
     removed terraform/workloads/gone.tf.json
     removed terraform/old-stack/stack.tf.json
     5 generated files, 4 changed.
     "
    `);
    expect(home.generated()).toEqual(before);
    expect(home.read('terraform/workloads/notes-of-mine.md')).toBe('Terraform does not read it');
  });

  test('shows the house in the README as it is, where that has a place for a map', () => {
    home.write({ 'README.md': '# Home\n<!-- map:start -->\nold\n<!-- map:end -->\n' });
    expect(generate('--check').stderr).toBe(
      'README.md: must show the house as it is, but its map is stale. Run `npm run generate`.\n',
    );
    expect(generate().stdout).toBe('written README.md\n5 generated files, none changed.\n');
    expect(home.read('README.md')).toContain('  feed\n');
    expect(home.read('README.md')).not.toContain('old');
    home.write({ 'README.md': '# Home\n' });
    expect(generate('--check').exitCode).toBe(0);
  });

  test('takes the place of nothing that it did not write', () => {
    const own = '{ "locals": { "mine": 1 } }\n';
    home.remove('terraform/workloads/notes.tf.json');
    home.write({ 'terraform/workloads/feed.tf.json': own, 'terraform/workloads/notes.tf.json/own': 'mine' });
    home.edit('apps/platform/network/main.ts', 'home.domain', "'changed'");
    const before = home.read('terraform/platform/network.tf.json');
    const said = [
      'terraform/workloads/feed.tf.json: must be generated from apps/workloads/feed/main.ts, but was written by hand: it does not bear the mark of a generated file. Move what it says into the TypeScript, or the file to another name.',
      'terraform/workloads/notes.tf.json: must be a file, but is something else. Move it away.',
    ];
    expect(generate()).toMatchObject({ exitCode: 1, stdout: '', stderr: `${said.join('\n')}\n` });
    expect(generate('--check').stderr.split('\n')).toEqual(expect.arrayContaining(said));
    expect(home.read('terraform/workloads/feed.tf.json')).toBe(own);
    expect(home.read('terraform/platform/network.tf.json')).toBe(before);
    home.remove('terraform/workloads/notes.tf.json');
  });

  test('lets nothing be applied with a stack that it does not describe', () => {
    const own = [
      ['_override.tf.json', '{}'],
      ['extra.tf', 'locals {}'],
      ['feed.tofu.json', '{}'],
      ['mine.auto.tfvars', ''],
      ['own.tf.json', '{}'],
    ].map(([name = '', text = '']) => [`terraform/workloads/${name}`, text] as const);
    const adopted = { 'terraform/workloads/_adopt.tf.json': '{}' };
    home.write({ ...Object.fromEntries(own), ...adopted });
    home.edit('apps/platform/network/main.ts', 'home.domain', "'changed'");
    const before = home.run('git', 'status', '--short', 'terraform').stdout;
    const said = own.map(
      ([file]) =>
        `${file}: must be described in TypeScript, since Terraform applies it with the stack. Move what it says into a workload, or the file elsewhere.`,
    );
    expect(generate()).toMatchObject({ exitCode: 1, stdout: '', stderr: `${said.join('\n')}\n` });
    expect(generate('--check').stderr.split('\n')).toEqual(expect.arrayContaining(said));
    expect(home.run('git', 'status', '--short', 'terraform').stdout).toBe(before);
  });

  test('waits for nothing that is no file', () => {
    const file = 'terraform/workloads/feed.tf.json';
    home.remove(file);
    home.run('mkfifo', file);
    const { stderr } = generate();
    // Git does not see it, and so takes nothing back.
    home.remove(file);
    expect(stderr).toBe(`${file}: must be a file, but is something else. Move it away.\n`);
  });

  test.each([
    ['a merge that was never finished', '<<<<<<< HEAD\n'],
    ['a power cut', ''],
  ])('mends what %s left of a generated file', (_, left) => {
    const before = home.generated();
    const file = 'terraform/workloads/feed.tf.json';
    home.write({ [file]: left === '' ? '' : `${left}${home.read(file)}` });
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(home.generated()).toEqual(before);
  });

  test('says in one line that a folder is in the way of none', () => {
    home.remove('terraform/platform');
    home.write({ 'terraform/platform': 'mine' });
    const { exitCode, stderr } = generate();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^terraform\/platform\S*: cannot be written: [^\n]+\n$/),
    });
    expect(home.read('terraform/platform')).toBe('mine');
    home.remove('terraform/platform');
  });

  test('what a killed run left half done is no longer what the home describes', () => {
    home.edit('apps/workloads/feed/main.ts', "'news'", "'other news'");
    home.edit('apps/platform/network/main.ts', 'home.domain', "'changed'");
    home.remove('terraform/workloads/notes.tf.json');
    const check = `require('./tools/nx-home/generate').checkStacks(process.cwd(), ['workloads'])`;
    const print = `${check}.then((problems) => console.log(problems.map(({ where }) => where).join()))`;
    expect(home.run('node', '-r', './tools/nx-home/typescript.cjs', '-e', print)).toMatchObject({
      stdout: 'terraform/workloads/feed.tf.json:9,terraform/workloads/notes.tf.json\n',
      stderr: '',
    });
  });

  test('refuses options that it does not know', () => {
    expect(generate('--force')).toMatchObject({ exitCode: 1, stdout: '' });
  });
});
