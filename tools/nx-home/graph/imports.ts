import { type ModuleItem, parseSync } from '@swc/core';

/** One import of a module by another. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** What a TypeScript file imports or re-exports, types included; empty for a file that does not parse. */
export function importsIn(source: string): Import[] {
  return specifiersIn(source).map((specifier) => ({ specifier, line: lineOf(source, specifier) }));
}

function specifiersIn(source: string): string[] {
  try {
    return parseSync(source, { syntax: 'typescript' }).body.flatMap(specifierOf);
  } catch {
    return []; // Loading the file says what is wrong with it.
  }
}

function specifierOf(item: ModuleItem): string[] {
  switch (item.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [item.source.value];
    case 'ExportNamedDeclaration':
      return item.source ? [item.source.value] : [];
    default:
      return [];
  }
}

/** The parser's own offsets count bytes and go on from file to file. */
function lineOf(source: string, specifier: string): number {
  const lines = source.split('\n');
  return 1 + lines.findIndex((line) => line.includes(`'${specifier}'`) || line.includes(`"${specifier}"`));
}
