import { type OwnedBlock, type Problem, type Rule } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../../read/known-body';
import { type KubernetesObject, objectsIn, placeOf } from '../../read/objects';
import { type Pod, podsIn } from '../../read/pods';
import { isPortName, questionsOf } from '../../read/ports';

/** Every port is a number that there is; and of a Service's ports each has a name, where there are several. */
export const requireValidPorts: Rule = {
  name: 'require-valid-ports',
  check: (home) => [
    ...podsIn(home).flatMap(checkPod),
    ...objectsIn(home)
      .ofKind('service')
      .filter(({ owned }) => owned.block.kind === 'resource')
      .flatMap(checkService),
  ],
};

function checkPod({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const of = `of container "${container.name}"`;
    return [
      ...nestedBlocks(container.body['port']).flatMap(({ container_port, host_port }) => [
        ...checkNumber(owned, 'container port', container_port, of),
        ...(host_port === 0 ? [] : checkNumber(owned, 'host port', host_port, of)),
      ]),
      ...questionsOf(container).flatMap(({ asker, port }) => checkNumber(owned, 'port', port, `of ${asker}`)),
    ];
  });
}

function checkService({ owned, body }: KubernetesObject): Problem[] {
  const ports = nestedBlocks(nestedBlock(body['spec'])['port']);
  const isUnclear = ports.length > 1 && ports.some(({ name = '' }) => name === '');
  return [
    ...ports.flatMap(({ port, target_port, node_port }) => [
      ...checkNumber(owned, 'port', port),
      ...checkNumber(owned, 'target port', target_port),
      ...(node_port === 0 ? [] : checkNumber(owned, 'node port', node_port)),
    ]),
    ...(isUnclear
      ? [
          {
            where: placeOf(owned),
            what: `each of its ${ports.length} ports must have a name`,
            remedy: "Give it one, such as name: 'web'",
          },
        ]
      : []),
  ];
}

/** A text of digits is a number too; a name is not. */
function checkNumber(owned: OwnedBlock, kind: string, port: unknown, of = ''): Problem[] {
  if (typeof port !== 'number' && (typeof port !== 'string' || port === '' || isPortName(port))) return [];
  const number = Number(port);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return [];
  const what = `${[kind, port, of].join(' ').trimEnd()} must be a whole number from 1 to 65535`;
  return [{ where: placeOf(owned), what, remedy: 'Write one such as 8080' }];
}
