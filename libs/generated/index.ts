export * from './generated-replica';
export * from './generated-stack';
