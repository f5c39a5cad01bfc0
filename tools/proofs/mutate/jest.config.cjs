const { join } = require('node:path');

/**
 * Jest for one mutant: the specs of its own room alone, since a mutant that only a distant test notices is noticed late.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('../../../jest.base.cjs'),
  rootDir: join(__dirname, '../../..'),
  roots: (process.env.MUTATE_SPECS ?? 'libs').split(',').map((folder) => `<rootDir>/${folder}`),
};
