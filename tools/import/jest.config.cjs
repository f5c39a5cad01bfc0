/** @type {import('jest').Config} */
module.exports = { ...require('../../jest.base.cjs'), displayName: 'import', rootDir: __dirname };
