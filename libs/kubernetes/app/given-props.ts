import type { Problem } from '@home/terraform';
import type { AppProps, WebAppProps } from '../generated/web-app';

/** The props of any construct, as far as they are there. */
export type GivenProps = AppProps &
  Partial<Pick<WebAppProps, 'port' | 'host' | 'aliases' | 'login' | 'public' | 'publicPaths'>>;

/** What a prop must hold, and what to do when it does not. */
export type Mistake = Omit<Problem, 'where'>;
