const base = require('./jest.base.cjs');

/** The core and the life of the home; the proofs and the importer have a configuration of their own. */
const home = {
  ...base,
  displayName: 'home',
  rootDir: __dirname,
  roots: ['apps', 'docs', 'libs', 'maintenance', 'talos', 'tools'].map((folder) => `<rootDir>/${folder}`),
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tools/(import|proofs)/'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [home, '<rootDir>/tools/import', '<rootDir>/tools/proofs'],
  reporters: ['default', '<rootDir>/libs/testing/summary-reporter.cjs'],
  // By default jest leaves one processor idle, which is half of a machine with two.
  maxWorkers: '100%',
};
