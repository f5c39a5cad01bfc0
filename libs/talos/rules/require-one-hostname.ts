import { type Problem, type Rule } from '@home/terraform';
import { type RenderedPatch, renderedPatches } from '../rendered-patches';

/** A machine that has a static hostname makes up none: Talos gives every configuration `auto: stable` by itself. */
export const requireOneHostname: Rule = {
  name: 'require-one-hostname',
  check: (home) => renderedPatches(home).flatMap(check),
};

function check({ where, document }: RenderedPatch): Problem[] {
  const isStatic = document?.['kind'] === 'HostnameConfig' && document['hostname'] !== undefined;
  return isStatic && document['auto'] !== 'off'
    ? [
        {
          where,
          what: `HostnameConfig with the hostname ${JSON.stringify(document['hostname'])} must have auto: off`,
          remedy: "Add auto: 'off'; Talos refuses a machine that has both",
        },
      ]
    : [];
}
