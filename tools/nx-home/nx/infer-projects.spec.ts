import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { formatFile } from '@home/terraform';
import { inferProjects } from './infer-projects';

const generated = formatFile({}, 'a test');

describe('the inferred projects', () => {
  let root = '';

  beforeEach(() => {
    root = makeTemporaryFolder();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function infer(files: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const results = inferProjects(Object.keys(files), undefined, { workspaceRoot: root });
    return results.flatMap(([, { projects = {} }]) => Object.values(projects));
  }

  test('are workloads, stacks and the whole home', () => {
    const projects = infer({
      'apps/workloads/gotify/main.ts': '',
      'apps/workloads/stack.ts': '',
      'apps/workloads/gotify/deeper/main.ts': '',
      'apps/main.ts': '',
      'talos/stack.ts': '',
      'talos/machines/main.ts': '',
      'terraform/workloads/gotify.tf.json': generated,
    });
    expect(
      projects.map(({ name, root, tags, targets = {} }) => ({
        name,
        root,
        tags,
        targets: Object.keys(targets).join(' '),
      })),
    ).toMatchInlineSnapshot(`
     [
       {
         "name": "gotify",
         "root": "apps/workloads/gotify",
         "tags": [
           "layer:workload",
           "stack:workloads",
         ],
         "targets": "generate validate",
       },
       {
         "name": "workloads",
         "root": "apps/workloads",
         "tags": [
           "layer:stack",
           "stack:workloads",
         ],
         "targets": "generate validate init plan apply drift destroy output",
       },
       {
         "name": "cluster",
         "root": "talos",
         "tags": [
           "layer:stack",
           "stack:cluster",
         ],
         "targets": "generate validate init plan apply drift destroy output",
       },
       {
         "name": "machines",
         "root": "talos/machines",
         "tags": [
           "layer:workload",
           "stack:cluster",
         ],
         "targets": "generate validate",
       },
       {
         "name": "whole-home",
         "root": "terraform",
         "tags": [
           "layer:tool",
         ],
         "targets": "validate",
       },
     ]
    `);
    expect(projects.slice(0, 2)).toMatchInlineSnapshot(`
     [
       {
         "metadata": {
           "description": "A workload of the stack workloads",
         },
         "name": "gotify",
         "projectType": "library",
         "root": "apps/workloads/gotify",
         "tags": [
           "layer:workload",
           "stack:workloads",
         ],
         "targets": {
           "generate": {
             "cache": true,
             "executor": "./tools/nx-home/nx/executors:generate",
             "inputs": [
               "sources",
               "^sources",
               "machinery",
               "{workspaceRoot}/apps/workloads/stack.ts",
             ],
             "metadata": {
               "description": "Writes the Terraform JSON",
             },
             "outputs": [
               "{workspaceRoot}/terraform/workloads/gotify.tf.json",
             ],
           },
           "validate": {
             "cache": true,
             "executor": "./tools/nx-home/nx/executors:validate",
             "inputs": [
               "sources",
               "^sources",
               "machinery",
               "{workspaceRoot}/apps/workloads/stack.ts",
             ],
             "metadata": {
               "description": "Checks without writing: schema, expressions, references and rules",
             },
           },
         },
       },
       {
         "metadata": {
           "description": "A stack: one Terraform root module with one state",
         },
         "name": "workloads",
         "projectType": "library",
         "root": "apps/workloads",
         "tags": [
           "layer:stack",
           "stack:workloads",
         ],
         "targets": {
           "apply": {
             "cache": false,
             "command": "npm run apply -- workloads",
             "metadata": {
               "description": "Applies the kept plan",
             },
             "parallelism": false,
           },
           "destroy": {
             "cache": false,
             "command": "npm run destroy -- workloads",
             "metadata": {
               "description": "Destroys what the stack made, after asking",
             },
             "parallelism": false,
           },
           "drift": {
             "cache": false,
             "command": "npm run drift -- workloads",
             "metadata": {
               "description": "Shows what was changed behind Terraform’s back",
             },
             "parallelism": false,
           },
           "generate": {
             "cache": true,
             "executor": "./tools/nx-home/nx/executors:generate",
             "inputs": [
               "sources",
               "^sources",
               "machinery",
             ],
             "metadata": {
               "description": "Writes the Terraform JSON",
             },
             "outputs": [
               "{workspaceRoot}/terraform/workloads/stack.tf.json",
             ],
           },
           "init": {
             "cache": false,
             "command": "npm run init -- workloads",
             "metadata": {
               "description": "Installs providers and sets up the backend",
             },
             "parallelism": false,
           },
           "output": {
             "cache": false,
             "command": "npm run output -- workloads",
             "metadata": {
               "description": "Prints the outputs of the stack",
             },
             "parallelism": false,
           },
           "plan": {
             "cache": false,
             "command": "npm run plan -- workloads",
             "metadata": {
               "description": "Shows what Terraform would change, and keeps that plan for apply",
             },
             "parallelism": false,
           },
           "validate": {
             "cache": false,
             "executor": "./tools/nx-home/nx/executors:validate",
             "inputs": [
               "sources",
               "^sources",
               "machinery",
               "{workspaceRoot}/terraform/workloads/*.tf.json",
             ],
             "metadata": {
               "description": "Checks without writing: schema, expressions, references and rules",
             },
           },
         },
       },
     ]
    `);
  });

  test('of a stack know the generated files that no workload owns, and are not cached as long as there are any', () => {
    const files = {
      'apps/workloads/stack.ts': '',
      'apps/workloads/gotify/main.ts': '',
      'terraform/workloads/stack.tf.json': generated,
      'terraform/workloads/gotify.tf.json': generated,
      'terraform/workloads/own.tf.json': '{ "locals": { "mine": 1 } }',
      'terraform/workloads/broken.tf.json': '<<<<<<< HEAD',
      'terraform/other/gone.tf.json': generated,
    };
    expect(infer(files)[0]?.targets?.['generate']).toMatchObject({ cache: true });
    expect(
      infer({ ...files, 'terraform/workloads/gone.tf.json': generated })[0]?.targets?.['generate'],
    ).toMatchObject({
      cache: false,
      options: { orphans: ['terraform/workloads/gone.tf.json'] },
    });
  });

  test('of two workloads with one name get two names, so that Nx still works and generate can tell', () => {
    const projects = infer({ 'apps/platform/dns/main.ts': '', 'apps/workloads/dns/main.ts': '' });
    expect(projects.map(({ name }) => name)).toEqual(['dns', 'apps-workloads-dns']);
  });
});
