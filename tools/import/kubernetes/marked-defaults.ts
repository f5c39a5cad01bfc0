import { home, longestGraceSeconds } from '@home/home';
import {
  isKnownToWorld,
  kindOf,
  loginAt,
  middlewaresAnnotation,
  owedReasons,
  owesLogin,
} from '@home/kubernetes';
import { type Block, raw, resourceBlock } from '@home/terraform';
import { type Code, type Member, children, commented, literal, object } from '../code/code';
import { snakeCase } from '../code/names';
import type { Loss } from '../imported';
import { fieldsOf, podTemplates } from './fields';

/** What is set aside for a container of which nothing is known. */
export const supposedMemory = '64Mi';

/** How what an import made up is marked, so that one search finds it. */
const mark = (text: string): string => `imported: ${text}`;

export const guessedMemory = mark('a guess, look at what it takes.');

export const supposedLogin = mark('the world knows the address. What asks by itself may be public.');

/** Whether what answers at a host of the home has to say who may ask, since the world knows its address. */
export const isOpenToWorld = (ingress: Block): boolean => isKnownToWorld(home) && owesLogin(ingress);

/** What is told of a host that asks for a login now. */
export const loginAsked = (): Loss =>
  home.logins === undefined
    ? [
        'the world knows its address, and the home has no login that it could ask for',
        `Write logins: { kind: 'password', users: [ … ] } in libs/home/facts.ts, or make it public`,
        'hurts',
      ]
    : [
        'it asks for a login, since the world knows its address',
        'Make it public where it asks by itself, or parts of it by publicPaths',
      ];

const reasons = {
  floatingImage: mark('pin the version that runs.'),
  writableRoot: mark('it ran so before. Mount what it writes, and make its root file system read-only.'),
  root: mark(
    'it ran so before, or as its image says. Find out its user, and take the rights that it does not need.',
  ),
};

/** Why something is as the home allows nobody without a reason: it was so before. */
export const markOf = (what: keyof typeof reasons): string => reasons[what];

/**
 * The arguments of a block with what the home demands and the source does not say: memory that is set aside for its pods, the
 * reason for each thing that wants one, and a login before what the world may ask. All are marked with `imported:`. What only Terraform knows is left as it is.
 *
 * @param type the resource's type, such as `kubernetes_deployment_v1`
 */
export function withMarks(type: string, body: Code): Code {
  if (kindOf(type) === 'ingress') return withLogin(type, body);
  const template = podTemplates[kindOf(type) ?? ''];
  if (template === undefined) return body;
  const path = template.map(snakeCase);
  const settled = changeIn(withPortsInTurn(type, body), [...path, 'spec'], (spec) =>
    changeIn(withGrantedGrace(spec), ['container'], giveMemory, false),
  );
  const owed = owedReasons(knownBlock(type, settled));
  if (owed.length === 0) return settled;
  return changeIn(settled, path, (inner) =>
    changeIn(inner, ['metadata'], (metadata) =>
      changeIn(metadata, ['annotations'], (annotations) => ({
        kind: 'object',
        members: [
          ...(annotations.kind === 'object' ? annotations.members : [{ spread: annotations }]),
          ...owed.map((key): Member => ({ key, value: literal(reasonFor(key)) })),
        ],
      })),
    ),
  );
}

const knownBlock = (type: string, body: Code): Block =>
  resourceBlock(type, 'imported', fieldsOf(knownIn(body)));

/** An Ingress that asks for the login before all else, where it has to. */
function withLogin(type: string, body: Code): Code {
  if (!isOpenToWorld(knownBlock(type, body))) return body;
  return changeIn(body, ['metadata', 'annotations'], (annotations) => {
    const before = memberOf(annotations, middlewaresAnnotation);
    const others = before?.kind === 'literal' ? [String(before.value)] : [];
    const asked = literal([loginAt, ...others].join(', '));
    return commented(
      withMember(annotations, middlewaresAnnotation, asked),
      middlewaresAnnotation,
      supposedLogin,
    );
  });
}

/** Which reason an annotation wants is told by its key. */
function reasonFor(annotation: string): string {
  if (annotation.includes('floating-image')) return reasons.floatingImage;
  return annotation.includes('writable-root') ? reasons.writableRoot : reasons.root;
}

/** A Deployment whose pods follow each other where they have a port of their node, which two cannot have. */
function withPortsInTurn(type: string, body: Code): Code {
  if (kindOf(type) !== 'deployment' || !holdsMember(body, 'host_port')) return body;
  return changeIn(body, ['spec'], (spec) => {
    const inTurn = withMember(spec, 'strategy', object({ type: literal('Recreate') }));
    return commented(inTurn, 'strategy', mark('two pods cannot have one port of their node.'));
  });
}

/** A pod that takes no longer to stop than a node gives it. */
function withGrantedGrace(spec: Code): Code {
  const argument = 'termination_grace_period_seconds';
  const grace = memberOf(spec, argument);
  const written = grace?.kind === 'literal' ? Number(grace.value) : 0;
  if (!(written > longestGraceSeconds)) return spec;
  const most = mark(`${written} before, and a node gives no more than this.`);
  return commented(withMember(spec, argument, literal(longestGraceSeconds)), argument, most);
}

/** A container that sets memory aside, by a request or, where there is none, its limit. */
function giveMemory(container: Code): Code {
  if (container.kind !== 'object') return container;
  const resources = memberOf(container, 'resources');
  if (resources !== undefined && !isWritten(resources)) return container;
  const has = (list: string): boolean => {
    const amounts = resources && memberOf(single(resources), list);
    return (
      amounts !== undefined && (!isWritten(amounts) || memberOf(single(amounts), 'memory') !== undefined)
    );
  };
  if (has('requests') || has('limits')) return container;
  return changeIn(container, ['resources'], (given) =>
    changeIn(given, ['requests'], (requests) =>
      commented(withMember(requests, 'memory', literal(supposedMemory)), 'memory', guessedMemory),
    ),
  );
}

const holdsMember = (code: Code, key: string): boolean =>
  memberOf(code, key) !== undefined || children(code).some((one) => holdsMember(one, key));

type ObjectCode = Extract<Code, { readonly kind: 'object' }>;

/** Whether code is an object that is written out, or a list with one. */
const isWritten = (code: Code): boolean => single(code).kind === 'object';

/** A nested block, which may be written as a list of one. */
const single = (code: Code): Code =>
  code.kind === 'list' && code.items.length === 1 && code.items[0] !== undefined ? code.items[0] : code;

const memberOf = (code: Code, key: string): Code | undefined =>
  code.kind !== 'object'
    ? undefined
    : code.members.flatMap((member) => ('key' in member && member.key === key ? member.value : []))[0];

const withMember = (code: Code, key: string, value: Code): Code => {
  const { members }: ObjectCode =
    code.kind === 'object' ? code : { kind: 'object', members: [{ spread: code }] };
  const isThere = members.some((member) => 'key' in member && member.key === key);
  return {
    kind: 'object',
    members: isThere
      ? members.map((member) => ('key' in member && member.key === key ? { ...member, value } : member))
      : [...members, { key, value }],
  };
};

/** Code with another part at a place; each of a list's items there; made where nothing stands there, if it is to be. */
function changeIn(
  code: Code,
  [step, ...rest]: readonly string[],
  change: (part: Code) => Code,
  makes = true,
): Code {
  if (code.kind === 'list')
    return {
      ...code,
      items: code.items.map((item) =>
        changeIn(item, step === undefined ? [] : [step, ...rest], change, makes),
      ),
    };
  if (step === undefined) return change(code);
  if (code.kind !== 'object') return code;
  const part = memberOf(code, step);
  if (part === undefined && !makes) return code;
  return withMember(code, step, changeIn(part ?? object({}), rest, change, makes));
}

/** What is known of code before Terraform runs: what is no data is an expression. */
function knownIn(code: Code): unknown {
  if (code.kind === 'literal') return code.value;
  if (code.kind === 'list') return code.items.map(knownIn);
  if (code.kind !== 'object' || code.members.some((member) => 'spread' in member)) return raw('unknown');
  return Object.fromEntries(
    code.members.flatMap((member) => ('key' in member ? [[member.key, knownIn(member.value)]] : [])),
  );
}
