import { join } from 'node:path';

/** Import blocks for what runs already, and what else switching over takes; `npm run adopt` keeps it. */
export const adoptFile = '_adopt.tf.json';

/** Lifts `prevent_destroy` for one plan in which the owner allowed it; Terraform merges `…_override` into the rest. */
export const allowFile = '_allow_override.tf.json';

/** Keeps what is about to be switched over from being made too early; belongs to the adopt file. */
export const holdFile = '_adopt_override.tf.json';

/** What these commands keep in a stack's `.terraform/`, which git ignores. */
export const hidden = {
  plan: (folder: string): string => join(folder, '.terraform', 'home.tfplan'),
  planRecord: (folder: string): string => join(folder, '.terraform', 'home.tfplan.json'),
  initialized: (folder: string): string => join(folder, '.terraform', 'home.init.json'),
} as const;
