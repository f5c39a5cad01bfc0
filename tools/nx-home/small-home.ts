/** A home that is small enough to be read in a test: two stacks, and three workloads of which two belong together. */
export const smallHome: Readonly<Record<string, string>> = {
  'apps/platform/stack.ts': `
import { stack } from '@home/home';
export default stack({ providers: {} });
`,
  'apps/platform/network/main.ts': `
import { home } from '@home/home';
import { resourceBlock } from '@home/terraform';
export const network = resourceBlock<{ input: string }>('terraform_data', 'network', { input: home.domain });
export default [network];
`,
  'apps/workloads/stack.ts': `
import { stack } from '@home/home';
import platform from '@home/platform';
export default stack({ after: [platform], providers: {} });
`,
  'apps/workloads/notes/main.ts': `
import { network } from '@home/platform/network';
import { resourceBlock, tf } from '@home/terraform';
export const notes = resourceBlock('terraform_data', 'notes', { input: tf\`notes.\${network.ref.input}\` });
export default [notes];
`,
  'apps/workloads/feed/main.ts': `
import { resourceBlock } from '@home/terraform';
export default resourceBlock('terraform_data', 'feed', { input: 'news' });
`,
};
