export { drawMap, placeMap } from './draw-map';
