import { rmSync } from 'node:fs';
import { type HomeFacts } from '@home/home';
import { exampleFacts } from '@home/home/examples';
import { homeNames, temporaryHome } from '@home/testing';

jest.setTimeout(300_000);

/** What nobody but one home has: its addresses and its domain. */
const marksOf = (name: keyof typeof exampleFacts): string[] => {
  const { domain, nas, network }: HomeFacts = exampleFacts[name];
  const addresses = network.nodes.flatMap((node) => Object.values(node.addresses));
  return [`.${domain}"`, ...addresses, ...(nas.address === undefined ? [] : [nas.address])];
};

it.each(homeNames)('the home %s generates, keeps every rule, and has nothing of another one', (name) => {
  const home = temporaryHome(name);
  const generate = (...given: string[]) =>
    home.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts', ...given);
  try {
    expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(generate('--check')).toMatchObject({ exitCode: 0, stderr: '' });
    const text = Object.values(home.generated()).join('\n');
    const others = homeNames.filter((other) => other !== name).flatMap(marksOf);
    expect(others.filter((mark) => text.includes(mark))).toEqual([]);
  } finally {
    rmSync(home.root, { recursive: true });
  }
});
