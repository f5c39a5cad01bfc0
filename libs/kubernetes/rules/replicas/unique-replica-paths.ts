import { type Rule } from '@home/terraform';
import { notUnique } from '../not-unique';
import { placeOf } from '../../read/objects';
import { formatReplica, replicationsIn } from '../../litestream/replications';

/** No two databases are replicated to one path: neither of them could be restored. */
export const uniqueReplicaPaths: Rule = {
  name: 'unique-replica-paths',
  check(home) {
    const first = new Map<string, string>();
    return replicationsIn(home).flatMap(({ pod, settings }) =>
      (settings?.replicas ?? []).map(formatReplica).flatMap((replica) => {
        const other = first.get(replica);
        const where = placeOf(pod.owned);
        first.set(replica, other ?? where);
        return other === undefined
          ? []
          : [notUnique(other, where, `replica "${replica}"`, 'Give each database a path of its own')];
      }),
    );
  },
};
