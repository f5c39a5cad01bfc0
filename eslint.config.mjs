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
const libraries = ['terraform', 'command', 'providers', 'home', 'generated', 'kubernetes', 'talos'];
const layers = [
  ['terraform', []],
  ['command', ['terraform']],
  ['providers', ['terraform']],
  ['home', ['terraform', 'command', 'providers']],
  ['kubernetes', ['terraform', 'providers', 'home']],
  ['generated', ['terraform', 'providers', 'home', 'kubernetes']],
  ['talos', ['terraform', 'providers', 'home']],
  ['stack', [...libraries, 'stack', 'workload']],
  ['workload', [...libraries, 'workload']],
  ['testing', []],
  ['tool', [...libraries, 'stack', 'workload', 'testing', 'tool']],
];

/** A stack imports its own workloads and what an earlier stack exports. */
const stacks = [
  ['cluster', []],
  ['platform', ['cluster']],
  ['workloads', ['cluster', 'platform']],
  ['integrations', ['cluster', 'platform', 'workloads']],
];

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
    },
  },
);
