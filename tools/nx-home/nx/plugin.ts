import { type CreateDependencies, type CreateNodes } from '@nx/devkit';
import { inferDependencies } from './infer-dependencies';
import { inferProjects } from './infer-projects';
import { projectFiles } from '../graph/layout';

/** Nx's side of the home: which projects there are, and how they depend on each other. */
export const createNodes: CreateNodes = [projectFiles, inferProjects];
export const createDependencies: CreateDependencies = inferDependencies;
