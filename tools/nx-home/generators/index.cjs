// Nx loads generators with require(), and knows nothing of TypeScript in them or in what they load.
const { join } = require('node:path');

process.env.TSX_TSCONFIG_PATH ??= join(__dirname, '../../../tsconfig.json');
require('tsx/cjs');

module.exports = {
  workload: (...given) => require('./workload/generator.ts').default(...given),
  importHome: (...given) => require('./import/generator.ts').default(...given),
};
