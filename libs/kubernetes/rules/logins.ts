import type { HomeFacts } from '@home/home';
import { type Rule, isExpression, isPlainObject } from '@home/terraform';
import { loginMiddleware, middlewaresAnnotation, publicAnnotation } from '../app/web-address';
import { blocksAt, nestedBlock } from '../read/known-body';
import { objectsIn } from '../read/objects';
import { mistake, quoteNames } from './mistake';

/**
 * Every public host asks for a login, or says that it does not. A host is public when its certificate comes from a public
 * authority (`https.kind` is `acme`): then its domain stands in the world's DNS and in the public logs of certificates, and
 * one forwarded port leads whoever reads these to every app.
 */
export const requireLogins =
  (facts: Pick<HomeFacts, 'https'>): Rule =>
  (home) => {
    if (facts.https?.kind !== 'acme') return [];
    return objectsIn(home)
      .made('ingress')
      .filter(({ body }) => !saysWho(nestedBlock(body['metadata'])['annotations']))
      .map(({ owned, body }) => {
        const hosts = blocksAt(body, ['spec', 'rule']).map(({ host }) => host);
        const what = `host ${quoteNames(hosts, 'of any name')} must ask for a login or say that it is public, since the world knows the domain`;
        const remedy = `Write login: true or public: true; in an Ingress of its own the annotation "${publicAnnotation()}" or "${middlewaresAnnotation}"`;
        return mistake(owned, what, remedy);
      });
  };

/** Tells whether annotations name the login or say that none is wanted; what only Terraform knows may do so. */
function saysWho(annotations: unknown): boolean {
  if (!isPlainObject(annotations)) return isExpression(annotations);
  const { [middlewaresAnnotation]: middlewares = '', [publicAnnotation()]: isPublic } = annotations;
  if (isExpression(middlewares) || isExpression(isPublic) || isPublic === 'true') return true;
  return String(middlewares)
    .split(/\s*,\s*/)
    .includes(`${loginMiddleware}@file`);
}
