const { rmSync } = require('node:fs');
const { join } = require('node:path');

// A validator that one fault made must not be kept for the next: the text of the file that makes it is the same.
rmSync(join(__dirname, '../../../.cache/made'), { recursive: true, force: true });
