// Called by jest once, before it starts its workers: whatever becomes of a test, its temporary folders go with the run.
const { ownTemporaryFolders } = require('../files/temporary-folder.ts');

module.exports = () => void ownTemporaryFolders();
