import { type Rule } from '@home/terraform';
import { placeOf } from '../objects';
import { replicationsIn } from '../replications';

/** No two databases are replicated to one path: neither of them could be restored. */
export const uniqueReplicaPaths: Rule = {
  name: 'unique-replica-paths',
  check(home) {
    const first = new Map<string, string>();
    return replicationsIn(home).flatMap(({ pod, settings }) =>
      (settings?.replicas ?? []).flatMap((replica) => {
        const other = first.get(replica);
        const where = placeOf(pod.owned);
        first.set(replica, other ?? where);
        if (other === undefined) return [];
        const also = other === where ? 'is written twice here' : `${other} writes it, too`;
        return [
          {
            where,
            what: `replica "${replica}" must be unique, but ${also}`,
            remedy: 'Give each database a path of its own',
          },
        ];
      }),
    );
  },
};
