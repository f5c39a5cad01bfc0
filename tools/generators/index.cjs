// Nx loads generators with require(), and knows nothing of TypeScript in them or in what they load.
const { join } = require('node:path');

require('../nx-home/typescript.cjs');

const generator =
  (file) =>
  (...given) =>
    require(join(__dirname, file)).default(...given);

module.exports = {
  workload: generator('../nx-home/workload/generator.ts'),
  importHome: generator('../import/generator.ts'),
};
