import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile } from '@home/providers';
import { type Problem, formatProblem } from '@home/terraform';
import { checkFresh } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';

const root = join(__dirname, '../../..');
const folder = join(root, 'terraform');
const committed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tf.json'))
  .sort();
const description = describeHome(root, () => true);
const { files } = description;
const { places } = description.house;

const messages = (problems: readonly Problem[]): string[] => problems.map(formatProblem);

test.each(committed)("%s keeps the providers' recorded schemas", (file) => {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  expect(messages(checkFile(json, `terraform/${file}`))).toEqual([]);
});

test('what is committed is what the TypeScript describes, and nothing was edited by hand', () => {
  expect(messages(description.problems)).toEqual([]);
  expect(messages(checkFresh(root, { places, files }))).toEqual([]);
});

test('an edit by hand is found, with its line', () => {
  const [first, ...others] = files;
  if (first === undefined) throw new Error('The home describes nothing.');
  // As if the file on the disk had been edited.
  const edited = { ...first, text: first.text.replace('{', '{ ') };
  expect(messages(checkFresh(root, { places, files: [edited, ...others] }))).toEqual([
    expect.stringMatching(/:1: must be what .* describes, but is stale or was edited by hand/),
  ]);
});
