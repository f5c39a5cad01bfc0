import { recipeNames, writeRecipe } from '@tools/recipes';
import { dataKeeperOf } from './data-keepers';

/** The image of each recipe's app that has a database. */
const images = recipeNames.flatMap((recipe) => {
  const text = writeRecipe(recipe, recipe, {});
  const [, image = ''] = /^  image: '(.+)',$/m.exec(text) ?? [];
  return /^  database: \{/m.test(text) ? [image] : [];
});

test.each(images)('the import knows that %s keeps SQLite, as its recipe says', (image) => {
  expect(dataKeeperOf(image)?.sqlite).toMatch(/^\//);
});
