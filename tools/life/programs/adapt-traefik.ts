import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyModule, runGo } from './go';

const lego = 'github.com/go-acme/lego/v5';

/**
 * The only provider of DNS that a proof needs. The others are a hundred SDKs, most of what Go would compile, and the module
 * proxy refuses a dozen of them.
 */
const providers = `package dns

import (
	"fmt"

	"${lego}/challenge"
	"${lego}/providers/dns/httpreq"
)

func NewDNSChallengeProviderByName(name string) (challenge.Provider, error) {
	if name == "httpreq" {
		return httpreq.NewDNSProvider()
	}
	return nil, fmt.Errorf("unrecognized DNS provider: %s", name)
}
`;

/** What Traefik's module names and the module proxy refuses; nothing of it is compiled. */
const refused = [
  'github.com/nrdcg/oci-go-sdk/common/v1065',
  'github.com/nrdcg/oci-go-sdk/dns/v1065',
  'github.com/sacloud/sacloud-sdk-go',
];

/**
 * Lets Go build Traefik in a copy of its module. A module inside of it, of two empty types, is not part of what the proxy
 * has; the newest state of the library that compares passwords is refused, and the one before is taken.
 *
 * @param folder the copy
 * @throws Error when Go cannot change the modules
 */
export async function adaptTraefik(folder: string): Promise<void> {
  const { Require } = JSON.parse(await runGo(['mod', 'edit', '-json'], { cwd: folder })) as {
    Require: readonly { Path: string; Version: string }[];
  };
  const version = Require.find(({ Path }) => Path === lego)?.Version;
  const inside = join(folder, 'pkg/config/dynamic/ext');
  await mkdir(inside, { recursive: true });
  await writeFile(join(inside, 'go.mod'), 'module github.com/traefik/traefik/dynamic/ext\n');
  await writeFile(join(inside, 'ext.go'), 'package ext\n\ntype HTTP struct{}\ntype Router struct{}\n');
  const own = join(folder, 'lego');
  await copyModule(`${lego}@${version}`, own);
  await writeFile(join(own, 'providers/dns/zz_gen_dns_providers.go'), providers);
  const drop = refused.map((module) => `-droprequire=${module}`);
  await runGo(['mod', 'edit', ...drop], { cwd: own });
  const auth = 'github.com/containous/go-http-auth@v0.4.1-0.20200324110947-a37a7636d23e';
  const replaced = [`-replace=${lego}=./lego`, `-replace=github.com/abbot/go-http-auth=${auth}`];
  await runGo(['mod', 'edit', ...drop, ...replaced], { cwd: folder });
}
