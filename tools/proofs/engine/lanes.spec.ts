import { laneOn, playLanes } from './lanes';
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
