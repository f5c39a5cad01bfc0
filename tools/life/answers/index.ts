export { type Answer, type KeptAnswer, keepAnswers, readAnswers } from './answers';
