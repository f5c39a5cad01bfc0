import { type CreateNodes, type CreateDependencies } from '@nx/devkit';
import { projectFiles } from '../graph/layout';
import { codeFiles, inferCode } from './infer-code';
import { inferDependencies } from './infer-dependencies';
import { inferProjects } from './infer-projects';

/** Nx's side of the home: which projects there are, and how they depend on each other. */
export const createNodes: CreateNodes = [
  `{${projectFiles},${codeFiles}}`,
  (files, options, context) => [...inferProjects(files, options, context), ...inferCode(files)],
];
export const createDependencies: CreateDependencies = inferDependencies;
