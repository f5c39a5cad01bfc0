export { draftOf, keepDraft, removeLeftDrafts, withDraft } from './draft';
export {
  keepTemporaryFolder,
  makeTemporaryFolder,
  ownTemporaryFolders,
  withTemporaryFolder,
} from './temporary-folder';
export { writeSecret } from './write-secret';
