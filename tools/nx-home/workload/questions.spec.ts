import { type Terminal } from '@home/command';
import { askRest } from './questions';

/** A terminal at which somebody gives an answer to each question that holds one of these words. */
const answering = (answers: Readonly<Record<string, string>>) => {
  const asked: string[] = [];
  const ask = (question: string) => {
    asked.push(question);
    const [, answer = ''] = Object.entries(answers).find(([word]) => question.includes(word)) ?? [];
    return Promise.resolve(answer);
  };
  return { asked, terminal: { ask } as unknown as Terminal };
};

const given = { name: 'newcomer', stack: 'workloads', memory: '64Mi' };

test('who names a recipe is asked nothing else', async () => {
  const { asked, terminal } = answering({});
  expect(await askRest(terminal, { ...given, recipe: 'vaultwarden' })).toMatchObject({
    recipe: 'vaultwarden',
  });
  expect(asked).toEqual([]);
});

test('who chooses one is asked nothing more', async () => {
  const { asked, terminal } = answering({ 'one of these': 'homebox' });
  expect(await askRest(terminal, given)).toMatchObject({ recipe: 'homebox' });
  expect(asked).toEqual([expect.stringContaining('homebox, ')]);
});

test('of an app without a recipe everything is asked that the command line does not say', async () => {
  const { asked, terminal } = answering({ 'Which port': ' 8080 ', files: '/data/files', 'log in': 'yes' });
  const answered = await askRest(terminal, { ...given, image: 'example.org/app:1.0.0' });
  expect(answered).toMatchObject({
    image: 'example.org/app:1.0.0',
    port: '8080',
    files: '/data/files',
    login: 'yes',
  });
  expect(asked.join('\n')).not.toMatch(/image|one of these/);
  expect(asked.length).toBeGreaterThan(3);
});
