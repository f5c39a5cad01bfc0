/** Packages that ship only ES modules and so have to be compiled for jest. */
const esModules = [
  'execa',
  '@sindresorhus/merge-streams',
  '@sec-ant/readable-stream',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

/** @type {import('jest').Config} */
const config = {
  testMatch: ['<rootDir>/{apps,libs,maintenance,talos,tools}/**/*.spec.ts'],
  transform: {
    '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    // execa needs it, and it names no file for CommonJS.
    '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js',
    '^@tools/(.*)$': '<rootDir>/tools/$1/index.ts',
    '^@(life|proofs)/(.*)$': '<rootDir>/tools/$1/$2/index.ts',
    '^@home/cluster$': '<rootDir>/talos/stack.ts',
    '^@home/cluster/(.*)$': '<rootDir>/talos/$1/main.ts',
    '^@home/(.*)$': ['<rootDir>/libs/$1/index.ts', '<rootDir>/apps/$1/stack.ts', '<rootDir>/apps/$1/main.ts'],
  },
  // An interrupted benchmark leaves copies of this workspace in .cache.
  modulePathIgnorePatterns: ['<rootDir>/.nx/', '<rootDir>/.cache/'],
  reporters: ['default', '<rootDir>/tools/test-summary/reporter.cjs'],
};

module.exports = config;
