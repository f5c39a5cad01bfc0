import nx from '@nx/eslint-plugin';
import typescript from 'typescript-eslint';

/** What each layer may import; dependencies point one way. */
const layers = [
  ['terraform', []],
  ['providers', ['terraform']],
  ['home', ['terraform', 'providers']],
  ['kubernetes', ['terraform', 'providers', 'home']],
  ['talos', ['terraform', 'providers', 'home']],
  ['stack', ['terraform', 'providers', 'home', 'kubernetes', 'talos', 'stack', 'workload']],
  ['workload', ['terraform', 'providers', 'home', 'kubernetes', 'talos', 'workload']],
  ['testing', []],
  ['tool', ['terraform', 'providers', 'home', 'kubernetes', 'talos', 'stack', 'workload', 'testing', 'tool']],
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
            ...layers.map(([layer, others]) => ({
              sourceTag: `layer:${layer}`,
              onlyDependOnLibsWithTags: [layer, ...others].map((name) => `layer:${name}`),
            })),
            ...stacks.map(([stack, earlier]) => ({
              sourceTag: `stack:${stack}`,
              onlyDependOnLibsWithTags: [
                ...[stack, ...earlier].map((name) => `stack:${name}`),
                'layer:terraform',
                'layer:providers',
                'layer:home',
                'layer:kubernetes',
                'layer:talos',
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
