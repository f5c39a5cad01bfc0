import { type Rule, isPlainObject, resolve } from '@home/terraform';
import { mistake } from './mistake';

/**
 * No file in a ConfigMap ends its lines as Windows does: a shell takes the carriage return for part of the command. Git
 * writes them where it was told to with core.autocrlf, and every script of a home would change with one checkout.
 */
export const noCarriageReturns: Rule = (home) =>
  home
    .filter(({ block }) => block.kind === 'resource' && block.type === 'kubernetes_config_map_v1')
    .flatMap((owned) => {
      const data = resolve(owned.block.body['data']);
      return Object.entries(isPlainObject(data) ? data : {})
        .filter(([, text]) => typeof text === 'string' && text.includes('\r'))
        .map(([key]) => {
          const what = `data["${key}"] must end its lines with \\n alone, but has \\r`;
          return mistake(owned, what, 'Save the file with LF, and check out with core.autocrlf off');
        });
    });
