import type { HomeFacts } from '@home/home';
import { type Block, type Rule, isExpression, isPlainObject } from '@home/terraform';
import { isKnownToWorld, loginAt, middlewaresAnnotation, publicAnnotation } from '../app/web-address';
import { blocksAt, knownBody, nestedBlock } from '../read/known-body';
import { objectsIn } from '../read/objects';
import type { Certainty } from '../read/selectors';
import { mistake, quoteNames } from './mistake';

/**
 * Every public host asks for a login, or says that it does not; and where a login is asked for, the home has it. A host is
 * public when its certificate comes from a public authority (`https.kind` is `acme`): then its domain stands in the world's
 * DNS and in the public logs of certificates, and one forwarded port leads whoever reads these to every app.
 */
export const requireLogins =
  (facts: Pick<HomeFacts, 'https' | 'logins'>): Rule =>
  (home) =>
    objectsIn(home)
      .made('ingress')
      .flatMap(({ owned, body }) => {
        const hosts = blocksAt(body, ['spec', 'rule']).map(({ host }) => host);
        const host = `host ${quoteNames(hosts, 'of any name')}`;
        if (facts.logins === undefined && namesLogin(annotationsOf(owned.block)) === true)
          return [
            mistake(owned, `${host} must ask for a login that there is, but there is none`, describeLogins),
          ];
        if (!isKnownToWorld(facts) || !owesLogin(owned.block)) return [];
        const what = `${host} must ask for a login or say that it is public, since the world knows the domain`;
        const remedy = `Write login: true or public: true; in an Ingress of its own the annotation "${publicAnnotation()}" or "${middlewaresAnnotation}"`;
        return [mistake(owned, what, remedy)];
      });

const describeLogins = `Write logins: { kind: 'password', users: [ … ] } in libs/home/facts.ts, or take the middleware out`;

/** Whether an Ingress neither names the login nor says that none is wanted; what only Terraform knows may do so. */
export function owesLogin(ingress: Block): boolean {
  const annotations = annotationsOf(ingress);
  if (namesLogin(annotations) !== false) return false;
  const isPublic = isPlainObject(annotations) ? annotations[publicAnnotation()] : undefined;
  return !isExpression(isPublic) && isPublic !== 'true';
}

const annotationsOf = (ingress: Block): unknown => nestedBlock(knownBody(ingress)['metadata'])['annotations'];

/** Whether annotations name the login; undefined when only Terraform can tell. */
function namesLogin(annotations: unknown): Certainty {
  if (isExpression(annotations)) return undefined;
  const middlewares = isPlainObject(annotations) ? annotations[middlewaresAnnotation] : undefined;
  if (isExpression(middlewares)) return undefined;
  return String(middlewares)
    .split(/\s*,\s*/)
    .includes(loginAt);
}
