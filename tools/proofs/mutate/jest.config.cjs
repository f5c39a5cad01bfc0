const { dirname, join } = require('node:path');

/** The specs that are run, each given by its path or by a folder above it. */
const specs = (process.env.MUTATE_SPECS ?? 'libs').split(',');
const isFile = (path) => path.endsWith('.ts');

/**
 * Jest for one fault: the spec beside it or those of its room, since what only a distant test notices is noticed late.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('../../../jest.base.cjs'),
  rootDir: join(__dirname, '../../..'),
  setupFiles: [join(__dirname, 'forget-made.cjs')],
  roots: [...new Set(specs.map((path) => `<rootDir>/${isFile(path) ? dirname(path) : path}`))],
  testMatch: specs.map((path) => `<rootDir>/${path}${isFile(path) ? '' : '/**/*.spec.ts'}`),
};
