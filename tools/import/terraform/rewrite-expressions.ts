import { isPlainObject } from '@home/terraform';
import { endOfSequence, endOfString } from './split-template';

/** Gives another source for a reference such as `var.name` or `kubernetes_service.web`; undefined leaves it. */
export type Rewrite = (reference: string) => string | undefined;

/** Rewrites the references in every template of a value, object keys included. */
export function rewriteValue(value: unknown, rewrite: Rewrite): unknown {
  if (typeof value === 'string') return rewriteTemplate(value, rewrite);
  if (Array.isArray(value)) return value.map((item: unknown) => rewriteValue(item, rewrite));
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [
    rewriteTemplate(key, rewrite),
    rewriteValue(member, rewrite),
  ]);
  return Object.fromEntries(members);
}

/** `a ${var.b} $${c}` → `a ${local.x_b} $${c}` */
function rewriteTemplate(template: string, rewrite: Rewrite): string {
  let made = '';
  for (let at = 0; at < template.length; at += 1) {
    const sign = template.charAt(at);
    if ((sign === '$' || sign === '%') && template.startsWith(`${sign}${sign}{`, at)) {
      made += template.slice(at, at + 3);
      at += 2;
    } else if ((sign === '$' || sign === '%') && template[at + 1] === '{') {
      const end = endOfSequence(template, at + 2);
      const source = rewriteSource(template.slice(at + 2, end), rewrite);
      const isText = sign === '$' && source.startsWith('"') && endOfString(source, 1) === source.length - 1;
      made += isText && source.includes('${path.') ? source.slice(1, -1) : `${sign}{${source}}`;
      at = end;
    } else made += sign;
  }
  return made;
}

const reference = /(?<![\w.\])-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/y;

/** Rewrites the references in an expression, also those inside of its strings. */
export function rewriteSource(source: string, rewrite: Rewrite): string {
  let made = '';
  for (let at = 0; at < source.length;) {
    if (source[at] === '"') {
      const end = endOfString(source, at + 1);
      made += `"${rewriteTemplate(source.slice(at + 1, end), rewrite)}"`;
      at = end + 1;
      continue;
    }
    reference.lastIndex = at;
    const found = reference.exec(source)?.[0];
    made += found === undefined ? source.charAt(at) : (rewrite(found) ?? found);
    at += found?.length ?? 1;
  }
  return made;
}
