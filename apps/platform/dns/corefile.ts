export interface Corefile {
  readonly domain: string;
  /** The addresses to listen on. */
  readonly bind: readonly string[];
  readonly zonePath: string;
}

/**
 * CoreDNS' configuration: the home's own zone, and everything else by TLS to Quad9.
 * https://coredns.io/manual/toc/#configuration
 */
export function corefile({ domain, bind, zonePath }: Corefile): string {
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
    forward . tls://9.9.9.9 {
        tls_servername dns.quad9.net
        health_check 5s
    }
    cache 30
}
`;
}
