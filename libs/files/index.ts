export { draftOf, keepDraft, removeLeftDrafts, withDraft } from './draft';
export { hasEnded } from './has-ended';
export { compileKept, keepMade } from './keep-made.cjs';
export { prettify } from './prettify';
export {
  atExit,
  keepTemporaryFolder,
  makeTemporaryFolder,
  ownTemporaryFolders,
  withTemporaryFolder,
} from './temporary-folder';
export { writeSecret } from './write-secret';
