import type { HomeFacts } from './generated/facts';

/**
 * A public resolver that filters what does harm; its two addresses are machines of their own:
 * https://quad9.net/service/service-addresses-and-features/
 */
export const publicResolver = {
  /** What its certificate is for. */
  name: 'dns.quad9.net',
  addresses: ({ network }: Pick<HomeFacts, 'network'>): readonly string[] =>
    network.subnets.v4 === undefined ? ['2620:fe::fe', '2620:fe::9'] : ['9.9.9.9', '149.112.112.112'],
};
