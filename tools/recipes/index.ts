export { type Wanted, recipeNames, wantedBy, writeRecipe } from './recipe';
