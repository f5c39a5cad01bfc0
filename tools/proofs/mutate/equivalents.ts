/** A planted fault that no test can notice, since the program does the same with it. */
export interface Equivalent {
  readonly file: string;
  /** The line as it stands there. */
  readonly line: string;
  /** The line with the fault. */
  readonly fault: string;
  readonly because: string;
}

const readsBytes = 'JSON.parse takes the bytes of a file for UTF-8 by itself';
const twoFolders = 'the two folders only have to differ';
const neverEmpty = 'a circle has an import, and the compiler alone does not know that';

/** The faults that may survive. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'tools/life/terraform/precious/precious.ts',
    line: "const { '//': _, ...list } = parseObject(readFileSync(path, 'utf8')) ?? { damaged: true };",
    fault: 'const { \'//\': _, ...list } = parseObject(readFileSync(path, "")) ?? { damaged: true };',
    because: readsBytes,
  },
  {
    file: 'tools/life/terraform/precious/precious.ts',
    line: "const { '//': _, ...list } = parseObject(readFileSync(path, 'utf8')) ?? { damaged: true };",
    fault: "const { '//': _, ...list } = parseObject(readFileSync(path, 'utf8')) ?? { damaged: false };",
    because: 'whatever stands there is no list of addresses, and so refused',
  },
  {
    file: 'tools/life/terraform/state/mend-state.ts',
    line: "const text = readFileSync(backup, 'utf8');",
    fault: 'const text = readFileSync(backup, "");',
    because: readsBytes,
  },
  {
    file: 'tools/life/terraform/state/mend-state.ts',
    line: "writeFileSync(hidden.restored(module.folder), '');",
    fault: 'writeFileSync(hidden.restored(module.folder), "Stryker was here!");',
    because: 'that the file is there is all that it tells',
  },
  {
    file: 'tools/life/terraform/state/move-state.ts',
    line: "const { type, config } = bodyOf(parseObject(readFileSync(record, 'utf8'))?.['backend']);",
    fault: 'const { type, config } = bodyOf(parseObject(readFileSync(record, ""))?.[\'backend\']);',
    because: readsBytes,
  },
  {
    file: 'tools/life/terraform/state/move-state.ts',
    line: "const to = place(module, backend, join(scratch, 'new'));",
    fault: 'const to = place(module, backend, join(scratch, ""));',
    because: twoFolders,
  },
  {
    file: 'tools/life/terraform/state/move-state.ts',
    line: "const from = place(module, old, join(scratch, 'old'));",
    fault: 'const from = place(module, old, join(scratch, ""));',
    because: twoFolders,
  },
  {
    file: 'tools/life/terraform/state/read-state.ts',
    line: "const isState = versionOf(state) !== undefined && Array.isArray(state?.['resources']);",
    fault: "const isState = versionOf(state) !== undefined && Array.isArray(state['resources']);",
    because: 'what is undefined has no version, and the compiler alone does not know that',
  },
  {
    file: 'tools/life/terraform/state/state-safety.ts',
    line: "if (address === undefined || !URL.canParse(address) || new URL(address).protocol === 'https:')",
    fault: "if (false || !URL.canParse(address) || new URL(address).protocol === 'https:')",
    because: 'undefined is no URL either',
  },
  {
    file: 'tools/nx-home/graph/stacks.ts',
    line: "const json: unknown = JSON.parse(readFileSync(join(root, generatedFile(stackPlace(stack))), 'utf8'));",
    fault:
      'const json: unknown = JSON.parse(readFileSync(join(root, generatedFile(stackPlace(stack))), ""));',
    because: readsBytes,
  },
  {
    file: 'tools/nx-home/graph/house.ts',
    line: "isGenerated(readFileSync(join(root, file), 'utf8'));",
    fault: 'isGenerated(readFileSync(join(root, file), ""));',
    because: readsBytes,
  },
  {
    file: 'tools/nx-home/graph/house.ts',
    line: "const to = byFile.get(placeImported(found.specifier, from, file)?.file ?? '');",
    fault: 'const to = byFile.get(placeImported(found.specifier, from, file)?.file ?? "Stryker was here!");',
    because: 'no place has either for its file',
  },
  {
    file: 'tools/nx-home/graph/order.ts',
    line: 'place: circle[0]?.from,',
    fault: 'place: circle[0].from,',
    because: neverEmpty,
  },
  {
    file: 'tools/nx-home/graph/order.ts',
    line: "where: circle[0]?.file ?? '',",
    fault: "where: circle[0].file ?? '',",
    because: neverEmpty,
  },
  {
    file: 'tools/nx-home/graph/order.ts',
    line: "where: circle[0]?.file ?? '',",
    fault: 'where: circle[0]?.file ?? "Stryker was here!",',
    because: neverEmpty,
  },
];
