import { choose, laneOn, playLanes } from './lanes';
import type { Scene } from './scene';

it('tells of each scene that it begins, and then how it went, whichever lane it is in', async () => {
  const scenes = ['first', 'second', 'third'].map((title): Scene<undefined> => ({
    title,
    play: () => {
      if (title === 'second') throw new Error('it rains');
    },
  }));
  const heard: string[] = [];
  await playLanes(scenes, 2, () => laneOn(undefined), {
    begins: ({ title }) => void heard.push(`${title} begins`),
    ends: ({ outcomes: [outcome] }, { title }) => void heard.push(`${title} ${outcome?.result}`),
  });
  for (const [title, result] of Object.entries({ first: 'passed', second: 'failed', third: 'passed' })) {
    expect(heard.filter((line) => line.startsWith(title))).toEqual([`${title} begins`, `${title} ${result}`]);
  }
});

describe('a selection', () => {
  const scenes = [{ title: 'a pod ends', short: true }, { title: 'a node ends' }];

  it.each([
    [{}, ['a pod ends', 'a node ends']],
    [{ only: 'pod|disk' }, ['a pod ends']],
    [{ short: true }, ['a pod ends']],
  ])('%j is of the scenes that fit', (options, titles) => {
    expect(choose(scenes, options).map(({ title }) => title)).toEqual(titles);
  });

  it.each([
    [
      { only: 'disk' },
      '--only: "disk" must fit the title of a scene that is played. Leave it out for all of them.',
    ],
    [
      { only: 'node', short: true },
      '--only: "node" must fit the title of a scene that is played. Leave it out for all of them.',
    ],
    [{ only: '(' }, '--only: "(" must be a regular expression. Put a backslash before each sign of its own.'],
  ])('%j is refused, since a proof of nothing would pass', (options, said) => {
    expect(() => choose(scenes, options)).toThrow(said);
  });
});
