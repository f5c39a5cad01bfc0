/** @type {import('jest').Config} */
module.exports = { ...require('../../jest.base.cjs'), displayName: 'proofs', rootDir: __dirname };
