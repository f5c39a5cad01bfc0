// Nx loads plugins and executors with require(), and knows nothing of TypeScript in them or in what they load.
require('./typescript.cjs');

const { createNodes, createDependencies } = require('./nx/plugin.ts');

module.exports = {
  name: 'nx-home',
  createNodes,
  createDependencies,
  // The engine is loaded by the tasks only, since every command of Nx loads this file.
  generate: (...given) => require('./nx/executors.ts').generate(...given),
  generateBatch: (...given) => require('./nx/executors.ts').generateBatch(...given),
  validate: (...given) => require('./nx/executors.ts').validate(...given),
  validateBatch: (...given) => require('./nx/executors.ts').validateBatch(...given),
};
