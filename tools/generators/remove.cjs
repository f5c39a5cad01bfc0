// As index.cjs.
require('../nx-home/typescript.cjs');

module.exports = (...given) => require('../nx-home/remove/generator.ts').default(...given);
