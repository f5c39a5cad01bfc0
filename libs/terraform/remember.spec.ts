import { remember } from './remember';

it('works something out once for each object, also where nothing comes of it', () => {
  const asked: object[] = [];
  const lengthOf = remember((key: { name?: string }) => {
    asked.push(key);
    return key.name?.length;
  });
  const [one, same, none] = [{ name: 'one' }, { name: 'one' }, {}];
  for (const key of [one, none, one, same, none]) lengthOf(key);
  expect(asked).toEqual([one, none, same]);
  expect([lengthOf(one), lengthOf(none)]).toEqual([3, undefined]);
});

it('works something out once for each text', () => {
  const asked: string[] = [];
  const emptyOr = remember((key: string) => {
    asked.push(key);
    return key === '' ? undefined : key;
  });
  expect(['', 'a', '', 'a', '__proto__'].map(emptyOr)).toEqual([undefined, 'a', undefined, 'a', '__proto__']);
  expect(asked).toEqual(['', 'a', '__proto__']);
});
