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

/**
 * What the tests of every part of the house run with: compiled by swc, with the aliases of tsconfig.base.json. A part
 * says only where it lies:
 *
 *     module.exports = { ...require('../../jest.base.cjs'), displayName: 'import', rootDir: __dirname };
 *
 * @type {import('jest').Config}
 */
module.exports = {
  testMatch: ['**/*.spec.ts'],
  globalSetup: `${__dirname}/libs/testing/own-temporary-folders.cjs`,
  transform: {
    '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    // Libraries and tools are tested on a home that is no one's, whatever home this checkout is.
    '^\\./facts$': `${__dirname}/libs/home/examples/one-machine.ts`,
    // execa needs it, and it names no file for CommonJS.
    '^unicorn-magic$': `${__dirname}/node_modules/unicorn-magic/node.js`,
    '^@tools/(.*)$': `${__dirname}/tools/$1/index.ts`,
    '^@life/(.*)$': `${__dirname}/tools/life/$1/index.ts`,
    '^@home/cluster$': `${__dirname}/talos/stack.ts`,
    '^@home/cluster/(.*)$': `${__dirname}/talos/$1/main.ts`,
    '^@home/(.*)$': [
      `${__dirname}/libs/$1/index.ts`,
      `${__dirname}/apps/$1/stack.ts`,
      `${__dirname}/apps/$1/main.ts`,
    ],
  },
};
