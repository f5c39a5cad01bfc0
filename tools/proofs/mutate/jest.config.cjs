const { join } = require('node:path');

/** The specs that are run, each given by its path or by a folder above it. */
const specs = (process.env.MUTATE_SPECS ?? 'libs').split(',');

/**
 * Jest for one fault: the spec beside it or those of its room, since what only a distant test notices is noticed late.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('../../../jest.base.cjs'),
  rootDir: join(__dirname, '../../..'),
  setupFiles: [join(__dirname, 'forget-made.cjs')],
  // A spec may reach its file through another folder, and jest follows imports no further than this.
  roots: ['<rootDir>/libs', '<rootDir>/tools'],
  testMatch: specs.map((path) => `<rootDir>/${path}${path.endsWith('.ts') ? '' : '/**/*.spec.ts'}`),
};
