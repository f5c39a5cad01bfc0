import fc from 'fast-check';
import { createContext, runInContext } from 'node:vm';
import { call, data, imported, literal, object, steps, template, use } from './code';
import { camelCase, kebabCase } from './names';
import { printCode } from './print-code';
import { printWorkloads } from './print-workload';
import { prettify } from '@home/files';

const naming = { nameOf: () => 'it', imported: (_: string, name: string) => name };

/** What a printed value evaluates to. */
const evaluate = (printed: string): unknown =>
  runInContext(`(${printed})`, createContext({ tf: (text: TemplateStringsArray) => text[0] }));

const awkward = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '${',
        '\\',
        '\n',
        '\r',
        '\r\n',
        '"',
        "'",
        '\u2028',
        '\ufeff',
        '😀',
        '//',
        '*/',
        '\t',
        '\u0000',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
  )
  .map((pieces) => pieces.join(''));

const anyData = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    awkward,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(awkward, fc.constantFrom('__proto__', 'constructor', 'a-b', 'class', '1')),
      tie('tree'),
      { maxKeys: 4 },
    ),
  ),
})).tree;

describe('the writer of TypeScript', () => {
  it('writes any data so that JavaScript reads back the same', () => {
    fc.assert(
      fc.property(anyData, (value) => {
        expect(JSON.stringify(evaluate(printCode(data(value), naming)))).toEqual(JSON.stringify(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('writes data that prettier leaves with the same meaning', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, async (value) => {
        const pretty = await prettify(`it = ${printCode(data(value), naming)}`);
        expect(JSON.stringify(evaluate(pretty.replace(/;\s*$/, '')))).toEqual(JSON.stringify(value));
      }),
      { numRuns: 100 },
    );
  });

  it('writes the text of a template so that the tag receives it unchanged', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(evaluate(printCode(template(text), naming))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [literal('one\ntwo\nthree\n'), '`one\ntwo\nthree\n`'],
    [literal('one line'), '"one line"'],
    [object({ a: literal(1), b: undefined }), '{ a: 1, }'],
    [object({ it: use({ wish: 'it', code: literal(1), exports: false }) }), '{ it, }'],
    [steps(imported('x', 'y'), 'ref', 'metadata', 0, 'a/b'), 'y.ref.metadata[0]["a/b"]'],
    [call(imported('x', 'f'), literal(true)), 'f(true)'],
  ])('prints case %#', (code, expected) => {
    expect(printCode(code, naming)).toBe(expected);
  });
});

describe('names', () => {
  it.each([
    ['grafana-agent', 'grafanaAgent'],
    ['app.kubernetes.io/name', 'appKubernetesIoName'],
    ['2048_game', 'game2048'],
    ['HTTPRoute', 'httpRoute'],
    ['API', 'api'],
    ['Größe', 'grE'],
    ['...', 'n'],
    ['', 'n'],
  ])('makes a variable of %j', (given, expected) => {
    expect(camelCase(given)).toBe(expected);
  });

  it.each([
    ['ConfigMap one', 'config-map-one'],
    ['a__b', 'a-b'],
    ['---', 'imported'],
  ])('makes a file name of %j', (given, expected) => {
    expect(kebabCase(given)).toBe(expected);
  });
});

describe('a workload', () => {
  const namespace = {
    wish: 'namespace',
    code: call(imported('@home/providers', 'resource'), literal('a')),
    exports: true,
  };
  const account = {
    wish: 'account',
    code: call(imported('@home/providers', 'resource'), steps(use(namespace), 'ref')),
    exports: true,
  };

  it('defines what is used before what uses it, and exports all of it', async () => {
    const files = [{ name: 'main', definitions: [account, namespace] }];
    const printed = await printWorkloads([{ stack: 'workloads', name: 'app', files, assets: new Map() }]);
    expect(printed.get('apps/workloads/app/main.ts')).toBe(`import { resource } from '@home/providers';

const namespace = resource('a');

const account = resource(namespace.ref);

export default [namespace, account];
`);
  });

  it('imports what stands in another file or workload', async () => {
    const main = {
      name: 'main',
      definitions: [
        { ...account, wish: 'namespace', code: call(imported('x', 'f'), use(account), use(namespace)) },
      ],
    };
    const access = { name: 'access', definitions: [account] };
    const printed = await printWorkloads([
      { stack: 'workloads', name: 'app', files: [main, access], assets: new Map([['a.conf', 'x']]) },
      {
        stack: 'platform',
        name: 'spaces',
        files: [{ name: 'main', definitions: [namespace] }],
        assets: new Map(),
      },
    ]);
    expect(Object.fromEntries(printed)).toEqual({
      'apps/workloads/app/a.conf': 'x',
      'apps/workloads/app/main.ts': `import { namespace as spacesNamespace } from '@home/platform/spaces';
import { f } from 'x';
import { access, account } from './access';

const namespace = f(account, spacesNamespace);

export default [access, namespace];
`,
      'apps/workloads/app/access.ts': `import { namespace as spacesNamespace } from '@home/platform/spaces';
import { resource } from '@home/providers';

export const account = resource(spacesNamespace.ref);

export const access = [account];
`,
      'apps/platform/spaces/main.ts': `import { resource } from '@home/providers';

export const namespace = resource('a');

export default [namespace];
`,
    });
  });

  it('tells what comes from another workload from a file that is called like it', async () => {
    const files = [
      { name: 'main', definitions: [] },
      { name: 'namespace', definitions: [account] },
    ];
    const spaces = { stack: 'platform', name: 'spaces', files: [{ name: 'main', definitions: [namespace] }] };
    const printed = await printWorkloads([
      { stack: 'workloads', name: 'app', files, assets: new Map() },
      { ...spaces, assets: new Map() },
    ]);
    expect(printed.get('apps/workloads/app/namespace.ts')).toContain(
      "import { namespace as spacesNamespace } from '@home/platform/spaces';",
    );
  });

  it('puts files together that import each other in a circle', async () => {
    const one = { name: 'one', definitions: [{ ...namespace, code: use(account) }] };
    const two = {
      name: 'two',
      definitions: [
        { ...account, code: literal(1) },
        { ...account, wish: 'other', code: use(one.definitions[0]!) },
      ],
    };
    one.definitions[0] = { ...one.definitions[0]!, code: use(two.definitions[0]!) };
    const files = [
      { name: 'main', definitions: [] },
      one,
      {
        ...two,
        definitions: [two.definitions[0]!, { ...two.definitions[1]!, code: use(one.definitions[0]) }],
      },
    ];
    const printed = await printWorkloads([{ stack: 's', name: 'w', files, assets: new Map() }]);
    expect([...printed.keys()]).toEqual(['apps/s/w/main.ts', 'apps/s/w/one.ts']);
  });
});
