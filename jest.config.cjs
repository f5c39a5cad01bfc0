const base = require('./jest.base.cjs');

const { '^\\./facts$': _, ...moduleNameMapper } = base.moduleNameMapper;

/** The home of this checkout, with its own facts: what it describes, and what is committed and listed of it. */
const home = {
  ...base,
  moduleNameMapper,
  displayName: 'home',
  rootDir: __dirname,
  roots: ['apps', 'docs', 'talos', 'tools/nx-home/home'].map((folder) => `<rootDir>/${folder}`),
};

/** The core and the life of any home; the proofs and the importer have a configuration of their own. */
const house = {
  ...base,
  displayName: 'house',
  rootDir: __dirname,
  roots: ['libs', 'maintenance', 'tools'].map((folder) => `<rootDir>/${folder}`),
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tools/(import|proofs|nx-home/home)/'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [home, house, '<rootDir>/tools/import', '<rootDir>/tools/proofs'],
  reporters: ['default', '<rootDir>/libs/testing/summary-reporter.cjs'],
  // By default jest leaves one processor idle, which is half of a machine with two.
  maxWorkers: '100%',
};
