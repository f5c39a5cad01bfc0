import type { Problem } from '@home/terraform';
import { isOrigin } from './check-settings';
import type { BackendChoice, HomeFacts } from './home-facts';
import { mistake, oneOf } from './mistake';

/** Checks how Terraform is run and where it keeps its states. */
export function checkTerraform({ terraform }: HomeFacts): Problem[] {
  const { binary, backend, stateEncryption } = terraform;
  return [
    ...oneOf('terraform.binary', binary, ['terraform', 'tofu']),
    ...oneOf('terraform.stateEncryption', stateEncryption, ['when-possible', 'required']),
    ...(stateEncryption === 'required' && binary === 'terraform'
      ? [
          mistake(
            'terraform.stateEncryption',
            stateEncryption,
            'must be "when-possible" with Terraform, which encrypts no state',
            'Set terraform.binary to "tofu", or rely on the backend',
          ),
        ]
      : []),
    ...oneOf('terraform.backend.kind', backend.kind, ['local', 's3', 'pg', 'http', 'hcp']),
    ...checkBackend(backend),
  ];
}

function checkBackend(backend: BackendChoice): Problem[] {
  const path = `terraform.backend`;
  if (backend.kind === 's3') {
    return [
      ...filled(`${path}.bucket`, backend.bucket, 'Name the bucket that holds the states'),
      ...filled(`${path}.region`, backend.region, 'MinIO and Garage take any, such as "us-east-1"'),
      ...(backend.endpoint === undefined || isOrigin(backend.endpoint)
        ? []
        : [
            mistake(
              `${path}.endpoint`,
              backend.endpoint,
              'must be an http or https address without a path',
              'Write it like "https://s3.example.org"',
            ),
          ]),
    ];
  }
  if (backend.kind === 'http' && !/^https?:\/\/./.test(backend.address)) {
    return [
      mistake(
        `${path}.address`,
        backend.address,
        'must be an http or https address',
        'The stack’s name is added to it',
      ),
    ];
  }
  return backend.kind === 'hcp'
    ? filled(`${path}.organization`, backend.organization, 'Name the organization in HCP Terraform')
    : [];
}

function filled(path: string, value: string, remedy: string): Problem[] {
  return value === '' ? [mistake(path, value, 'must not be empty', remedy)] : [];
}
