import { type Rule } from '@home/terraform';
import { notUnique } from '../not-unique';
import { objectsIn, placeOf } from '../../read/objects';

/** Every Kubernetes object is made by one block: the API refuses the second one, and only when it is applied. */
export const uniqueObjects: Rule = {
  name: 'unique-objects',
  check: (home) =>
    objectsIn(home)
      .all()
      .filter(({ owned }) => owned.block.kind === 'resource')
      .flatMap(({ owned, kind, namespace, name }) => {
        const first = objectsIn(home).find(kind, namespace, name);
        if (first === undefined || first.owned === owned || first.owned.block.kind !== 'resource') return [];
        if ('count' in owned.block.body || 'for_each' in owned.block.body) return [];
        const inNamespace = namespace === '' ? '' : ` in the namespace "${String(namespace)}"`;
        const what = `the name "${String(name)}"${inNamespace}`;
        return [notUnique(placeOf(first.owned), placeOf(owned), what, 'Give one of the two another name')];
      }),
};
