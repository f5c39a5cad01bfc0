import { stepsOf, valueAt } from './instance-path';

const body = { spec: { container: [{ name: 'a' }, { 'a/b~c': { '0': 'zero' } }] }, none: null, text: 'abc' };

it.each<[string, (string | number)[], unknown]>([
  ['', [], body],
  ['/spec/container/0/name', ['spec', 'container', 0, 'name'], 'a'],
  ['/spec/container/1/a~1b~0c/0', ['spec', 'container', 1, 'a/b~c', '0'], 'zero'],
  ['/none/0', ['none', '0'], undefined],
  ['/text/0', ['text', '0'], undefined],
  ['/nothing/there', ['nothing', 'there'], undefined],
])('takes "%s" for the steps %j', (pointer, steps, value) => {
  expect(stepsOf(pointer, body)).toEqual(steps);
  expect(valueAt(body, steps)).toEqual(value);
});
