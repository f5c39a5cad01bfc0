import { judgeFindings } from './judge-findings';

const finding = {
  check: 'CKV_K8S_16',
  object: 'Deployment.apps.app',
  demand: 'Container should not be privileged',
};
const why = 'It has to.';

it.each([
  ['nothing', [], [], []],
  [
    'what nobody excepted',
    [finding],
    [],
    ['Deployment.apps.app: Container should not be privileged (CKV_K8S_16).'],
  ],
  ['nothing of what is excepted everywhere', [finding], [{ check: 'CKV_K8S_16', why }], []],
  [
    'nothing of what is excepted there',
    [finding],
    [{ check: 'CKV_K8S_16', objects: [finding.object], why }],
    [],
  ],
  [
    'what is excepted elsewhere, and the exception that covers nothing',
    [finding],
    [{ check: 'CKV_K8S_16', objects: ['Deployment.apps.other'], why }],
    [
      'Deployment.apps.app: Container should not be privileged (CKV_K8S_16).',
      'tools/proofs/scan/exceptions.ts: nothing needs CKV_K8S_16 of Deployment.apps.other any more. Take it out.',
    ],
  ],
  [
    'an exception that nothing needs any more',
    [],
    [{ check: 'CKV_K8S_16', why }],
    ['tools/proofs/scan/exceptions.ts: nothing needs CKV_K8S_16 any more. Take it out.'],
  ],
])('tells %s', (_, findings, exceptions, told) => {
  expect(judgeFindings(findings, exceptions)).toEqual(told);
});
