// Nx loads plugins and executors with require(), and knows nothing of TypeScript in them or in what they load.
require('./typescript.cjs');

const { createNodes, createDependencies } = require('./nx/plugin.ts');

// The engine is loaded by the tasks only, since every command of Nx loads this file.
const executors = ['generate', 'validate', 'lint', 'types', 'test'].flatMap((name) => [name, `${name}Batch`]);
const lazily = (name) => [name, (...given) => require('./nx/executors.ts')[name](...given)];

module.exports = {
  name: 'nx-home',
  createNodes,
  createDependencies,
  ...Object.fromEntries(executors.map(lazily)),
};
