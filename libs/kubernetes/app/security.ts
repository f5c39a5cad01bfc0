/** For every pod of the home: only the system calls that the container runtime allows by default. */
export const podSecurity = { seccomp_profile: { type: 'RuntimeDefault' } } as const;

/** For every container of the home: no more rights than it starts with. */
export const containerSecurity = { allow_privilege_escalation: false } as const;

/** For containers of which it is known that they need neither root nor any capability. */
export const unprivilegedSecurity = {
  ...containerSecurity,
  run_as_non_root: true,
  capabilities: { drop: ['ALL'] },
} as const;
