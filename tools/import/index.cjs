// Nx loads generators with require(), and knows nothing of TypeScript in them or in what they load.
require('../nx-home/typescript.cjs');

module.exports = (...given) => require('./generator.ts').default(...given);
