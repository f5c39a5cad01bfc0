// Nx loads plugins and executors with require(), and knows nothing of TypeScript in them or in what they load.
const { join } = require('node:path');

// Whatever folder Nx was started in, the aliases of the workspace hold.
process.env.TSX_TSCONFIG_PATH ??= join(__dirname, '../../tsconfig.json');
require('tsx/cjs');

const { createNodes, createDependencies } = require('./plugin.ts');

module.exports = {
  name: 'nx-home',
  createNodes,
  createDependencies,
  // The engine is loaded by the tasks only, since every command of Nx loads this file.
  generate: (...given) => require('./executors.ts').generate(...given),
  generateBatch: (...given) => require('./executors.ts').generateBatch(...given),
  validate: (...given) => require('./executors.ts').validate(...given),
  validateBatch: (...given) => require('./executors.ts').validateBatch(...given),
};
