import type { Database } from './database';

/**
 * What a container of ours may do. With an owner it is that user and nothing more; without one it has to be root, as
 * the app is whose files it reads and writes.
 */
export function litestreamSecurity(owner: Database['owner']): object {
  return {
    allow_privilege_escalation: false,
    seccomp_profile: { type: 'RuntimeDefault' },
    ...(owner === undefined
      ? {}
      : {
          run_as_non_root: true,
          run_as_user: String(owner.uid),
          run_as_group: String(owner.gid),
          capabilities: { drop: ['ALL'] },
        }),
  };
}
