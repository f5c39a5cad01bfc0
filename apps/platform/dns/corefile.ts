/** Who answers for all other names, by TLS. */
export interface Upstreams {
  /** The name that their certificate is for. */
  readonly name: string;
  /** Asked in this order. */
  readonly addresses: readonly string[];
}

export interface Corefile {
  readonly domain: string;
  /** The addresses to listen on. */
  readonly bind: readonly string[];
  readonly zonePath: string;
  readonly upstreams: Upstreams;
}

/**
 * CoreDNS' configuration: the home's own zone, and everything else by TLS from a public resolver.
 *
 * While the line is down, what was asked in the last day is answered as it was then (RFC 8767): after a second, and for the
 * next half minute at once. With the line up nobody gets an old answer that a second would have renewed.
 *
 * https://coredns.io/manual/toc/#configuration
 */
export function corefile({ domain, bind, zonePath, upstreams }: Corefile): string {
  const addresses = bind.join(' ');
  return `${domain}:53 {
    bind ${addresses}
    errors
    file ${zonePath} {
        reload 0
    }
    health 127.0.0.1:8080
    ready 127.0.0.1:8181
}

.:53 {
    bind ${addresses}
    errors
    forward . ${upstreams.addresses.map((address) => `tls://${address}`).join(' ')} {
        tls_servername ${upstreams.name}
        policy sequential
        health_check 5s
        failover SERVFAIL REFUSED
        failfast_all_unhealthy_upstreams
    }
    cache 3600 {
        serve_stale 24h verify 1s 30s 30s
    }
}
`;
}
