// Nx loads generators with require(), and knows nothing of TypeScript in them or in what they load.
const { join } = require('node:path');

process.env.TSX_TSCONFIG_PATH ??= join(__dirname, '../../tsconfig.json');
require('tsx/cjs');

const generator =
  (file) =>
  (...given) =>
    require(join(__dirname, file)).default(...given);

module.exports = {
  workload: generator('../workload/generator.ts'),
  importHome: generator('../import/generator.ts'),
};
