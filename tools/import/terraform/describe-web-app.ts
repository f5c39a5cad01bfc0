import { type Code, type Definition, call, imported, literal, object, steps, use } from '../code/code';
import { Computed } from '../kubernetes/computed';
import { valueAt } from '../kubernetes/fields';
import { webAppCode } from '../kubernetes/web-app-code';
import type { Path } from '../source/read-yaml';
import { type BlockObject } from './block-objects';
import { configTexts } from './config-texts';
import { bare } from './convert-meta';
import { fileBeside } from './convert-tree';
import { convertValue } from './convert-value';
import type { Described, ModulePlace } from './describe-module';
import { expressionsIn } from './expression-trees';
import { type Declared, type ModuleScope, addressOf, declaredType, surroundingsOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { type HclWebApp, addressAfter, addressIn, memberFor } from './web-app-parts';

/** A web app, and how other blocks find its parts. */
export interface DescribedApp {
  /** The app itself, and what moves its objects to their new addresses. */
  readonly described: readonly Described[];
  readonly parts: readonly Declared[];
}

/**
 * Turns the blocks of a web app into a call of `webApp`.
 *
 * @param blocks all of the module, in which `moved` blocks may lead to the app already
 */
export function describeWebApp(
  app: HclWebApp,
  blocks: readonly HclBlock[],
  scope: ModuleScope,
  place: ModulePlace,
): DescribedApp {
  const { block } = app.deployment;
  let made: Code | undefined;
  const definition: Definition = {
    wish: app.name,
    exports: true,
    comment: block.comment,
    get code() {
      made ??= codeOf(app, scope, place);
      return made;
    },
  };
  const arrived = new Set(blocks.flatMap(({ kind, body }) => (kind === 'moved' ? [bare(body['to'])] : [])));
  const moves = app.objects
    .filter((part) => !arrived.has(addressOf(part.block)))
    .flatMap((part) => describeMove(app, part, place));
  return { described: [{ block, definition }, ...moves], parts: app.objects.map(declare) };

  function declare(part: BlockObject): Declared {
    const after = addressAfter(app, part);
    // Nothing else may have it; what comes later is given another.
    if (after !== undefined) place.nameInStack(after.type, after.label);
    return {
      block: part.block,
      definition,
      isRepeated: false,
      ...declaredType(part.block),
      part: {
        address: after && `${after.type}.${after.label}`,
        read(path) {
          const member = memberFor(part, path);
          return member === undefined ? undefined : { code: steps(use(definition), member), type: 'string' };
        },
      },
    };
  }
}

function codeOf(app: HclWebApp, scope: ModuleScope, place: ModulePlace): Code {
  const { deployment, namespace = 'default', config, isMadeOfItself } = app;
  const { manifest, written, block } = deployment;
  const around = surroundingsOf(scope, new Map(), (what) => place.lose(block, what));
  const said = (path: Path): Code | undefined => {
    const source = written(path);
    if (typeof source !== 'string' || isMadeOfItself(source)) return undefined;
    const isComputed = valueAt(manifest.value, path) instanceof Computed;
    const isTemplate = isComputed || expressionsIn(source).length > 0;
    return isTemplate ? convertValue(source, 'string', around).code : undefined;
  };
  const [space] = app.awaited.flatMap(
    (one) => around.resolve([...addressOf(one).split('.'), 'metadata', 0, 'name'], 'string')?.code ?? [],
  );
  const texts = config && [...(configTexts(config.object) ?? [])];
  const files = texts?.map(
    ([key, one]) => [key, 'text' in one ? literal(one.text) : fileBeside(one.file)] as const,
  );
  return webAppCode(app, {
    namespace: space ?? said(['metadata', 'namespace']) ?? literal(namespace),
    said,
    ...(files !== undefined && { files: object(Object.fromEntries(files)) }),
  });
}

/** An object whose block is called otherwise now: Terraform moves it, unless its type has another name, too. */
function describeMove(app: HclWebApp, part: BlockObject, place: ModulePlace): Described[] {
  const { block, manifest } = part;
  const before = addressIn(block);
  const after = addressAfter(app, part);
  if (after === undefined || after.label === before.label || before.type !== block.type) return [];
  // What the stack has under the former address is another object.
  if (place.nameInStack(before.type, before.label) !== before.label) return [];
  const code = call(
    imported('@home/terraform', 'moved'),
    literal(`${before.type}.${before.label}`),
    literal(`${after.type}.${after.label}`),
  );
  return [{ block, definition: { wish: `moved-${app.name}-${manifest.kind}`, exports: true, code } }];
}
