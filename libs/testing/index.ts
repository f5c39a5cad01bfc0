export { commitAll, copyWorkspace, describedFiles, lendPackages } from './copy-workspace';
export { type HomeName, homeNames } from './example-homes';
export { type Run, type TemporaryWorkspace, temporaryHome, temporaryWorkspace } from './temporary-workspace';
export { type Identity, type Issuer, makeAuthority, selfSigned, signedBy } from './self-signed';
