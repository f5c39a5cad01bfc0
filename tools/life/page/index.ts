export type { DescribedPage } from './describe-page';
export { drawHouse } from './draw-house';
export { type Page, renderPage } from './render-page';
export { pageFile, writePage } from './write-page';
