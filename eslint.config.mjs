import nx from '@nx/eslint-plugin';
import typescript from 'typescript-eslint';

/** What each of the four parts of the house may import besides itself: a home that proves nothing needs no proofs. */
const parts = [
  ['core', []],
  ['life', ['core']],
  ['proofs', ['core', 'life']],
  ['import', ['core', 'life']],
];

/** What each layer may import; dependencies point one way. A library is the layer that its folder is called. */
const libraries = ['files', 'terraform', 'command', 'providers', 'home', 'generated', 'kubernetes', 'talos'];
const layers = [
  ['files', []],
  ['terraform', ['files']],
  ['command', ['files', 'terraform']],
  ['providers', ['files', 'terraform']],
  ['home', ['files', 'terraform', 'command', 'providers']],
  ['kubernetes', ['files', 'terraform', 'providers', 'home']],
  ['generated', ['files', 'terraform', 'providers', 'home', 'kubernetes']],
  ['talos', ['files', 'terraform', 'providers', 'home']],
  ['stack', [...libraries, 'stack', 'workload']],
  ['workload', [...libraries, 'workload']],
  ['testing', ['files']],
  ['tool', [...libraries, 'stack', 'workload', 'testing', 'tool']],
];

/** A stack imports its own workloads and what an earlier stack exports. */
const stacks = [
  ['cluster', []],
  ['platform', ['cluster']],
  ['workloads', ['cluster', 'platform']],
  ['integrations', ['cluster', 'platform', 'workloads']],
];

/** What libs/files is for, and nobody does again. */
const folders = { message: 'A temporary folder comes from @home/files: it goes, also after a kill.' };
const foldersElsewhere = [
  { ...folders, name: 'node:fs', importNames: ['mkdtemp', 'mkdtempSync', 'promises'] },
  { ...folders, name: 'node:fs/promises', importNames: ['mkdtemp'] },
];
const placeElsewhere = { ...folders, name: 'node:os', importNames: ['tmpdir'] };
const secretElsewhere = {
  selector:
    'CallExpression[callee.name=/^(writeFile|appendFile)/] > ObjectExpression > Property[key.name="mode"][value.raw=/^0o[46]00$/]',
  message:
    'A secret is written by writeSecret of @home/files: for its owner alone, also where a file is there already.',
};

export default typescript.config(
  {
    ignores: [
      'node_modules',
      '.nx',
      '.cache',
      'coverage',
      'libs/*/generated',
      'terraform',
      '**/*.cjs',
      '**/*.mjs',
    ],
  },
  typescript.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          depConstraints: [
            ...parts.map(([part, others]) => ({
              sourceTag: `part:${part}`,
              onlyDependOnLibsWithTags: [part, ...others].map((name) => `part:${name}`),
            })),
            ...layers.map(([layer, others]) => ({
              sourceTag: `layer:${layer}`,
              onlyDependOnLibsWithTags: [layer, ...others].map((name) => `layer:${name}`),
            })),
            ...stacks.map(([stack, earlier]) => ({
              sourceTag: `stack:${stack}`,
              onlyDependOnLibsWithTags: [
                ...[stack, ...earlier].map((name) => `stack:${name}`),
                ...libraries.map((name) => `layer:${name}`),
              ],
            })),
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', varsIgnorePattern: '^_$' },
      ],
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { paths: [...foldersElsewhere, placeElsewhere] }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/files/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', secretElsewhere],
    },
  },
  // What is rescued from a full disk lies where there is room, and outlives the command.
  {
    files: ['tools/life/terraform/state/mend-state.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: foldersElsewhere }] },
  },
  { files: ['libs/files/*.ts'], rules: { 'no-restricted-imports': 'off' } },
);
