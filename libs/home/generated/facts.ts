// Made by tools/sync-schemas from facts.schema.json. Make it again: npm run sync-schemas. Do not edit.
import type { MachineDocument } from '@home/providers';

/**
 * Subnets inside the cluster; left out, Talos takes its own default.
 *
 * @minItems 1
 * @maxItems 2
 */
export type Ranges = readonly string[];
export type Timezone = string;
/**
 * The kinds of machine that an image can be prepared for.
 */
export type Hardware = ("raspberry-pi-4" | "generic-amd64" | "generic-arm64" | "virtual-machine");
/**
 * The VLAN that the machine's addresses are in; left out, its frames carry no tag.
 */
export type Vlan = number;
/**
 * The largest packet that the machine sends; left out, the kernel's own choice, which is 1500.
 */
export type Mtu = number;
/**
 * A network interface: by its MAC, or by the name the kernel gives it.
 */
export type Link = ({
    readonly mac: string;
} | {
    readonly name: string;
});
export type LabelValue = string;
/**
 * For how many days a browser refuses to speak to an app by plain HTTP once it has spoken HTTPS with it; left out, it may.
 */
export type HstsDays = number;
export type Image = string;
export type StoreEndpoint = string;
export type Bucket = string;
/**
 * A certificate authority of one's own, for an endpoint over https: a file in apps/platform/replication.
 */
export type StoreAuthority = string;
/**
 * Where Terraform keeps the states of all stacks. Credentials come from the environment alone.
 */
export type BackendChoice = ({
    readonly kind: "local";
} | {
    readonly kind: "s3";
    readonly bucket: Bucket;
    readonly region: string;
    /**
     * Left out for AWS itself; MinIO and Garage want `http(s)://host:port`.
     */
    readonly endpoint?: string;
    readonly pathStyle?: boolean;
    /**
     * A private certificate authority, for an endpoint over https.
     */
    readonly caFile?: string;
} | {
    readonly kind: "pg";
} | {
    readonly kind: "http";
    readonly address: string;
} | {
    readonly kind: "hcp";
    readonly organization: string;
});
/**
 * Everything about this home that is not the matter of one workload alone.
 */
export interface HomeFacts {
    readonly cluster: {
        readonly name: string;
        /**
         * An address that the control planes share, so that any of them may die.
         */
        readonly virtualAddress?: string;
        /**
         * Only when it is neither the virtual address nor the one control plane's own: a load balancer's, say.
         */
        readonly endpoint?: string;
        /**
         * The context of the kubeconfig that KUBE_CONFIG_PATH names, where the Kubernetes is somebody else’s: a home without talos/.
         */
        readonly context?: string;
        /**
         * With one machine there is nowhere else for a pod to run.
         */
        readonly allowSchedulingOnControlPlanes: boolean;
        readonly podSubnets?: Ranges;
        readonly serviceSubnets?: Ranges;
    };
    /**
     * Every address of an app is `<name>.<domain>`.
     */
    readonly domain: string;
    /**
     * The domain in the keys of the home’s own labels and annotations; its domain, if left out. Another one starts every pod anew.
     */
    readonly labelDomain?: string;
    /**
     * Whom the zone's SOA record names, as a domain name with its dot at the end.
     */
    readonly hostmaster: string;
    readonly timezone: Timezone;
    readonly network: {
        readonly subnets: {
            readonly v4?: string;
            readonly v6?: string;
        };
        readonly gateways: {
            readonly v4?: string;
            readonly v6?: string;
        };
        /**
         * @minItems 1
         */
        readonly nameservers: readonly string[];
        /**
         * Left out, Talos asks its own default.
         *
         * @minItems 1
         */
        readonly timeServers?: readonly string[];
        /**
         * @minItems 1
         */
        readonly nodes: readonly NodeFacts[];
        /**
         * The nodes that carry ingress and DNS, by their names. Of several any may die; the home then answers at cluster.virtualAddress, or without one at each of them.
         *
         * @minItems 1
         */
        readonly entryNodes: readonly string[];
    };
    /**
     * How apps are reached by HTTPS; left out, they are by plain HTTP. docs/chores/https.md
     */
    readonly https?: ({
        readonly kind: "acme";
        /**
         * Whom the ACME server writes to.
         */
        readonly email: string;
        /**
         * Who has the domain’s DNS, as Traefik calls it: https://doc.traefik.io/traefik/reference/install-configuration/tls/certificate-resolvers/acme/#providers
         */
        readonly provider: string;
        /**
         * The names of the variables by which Traefik is given the provider’s keys. Their values come from the environment, as TF_VAR_ and the name in lower case.
         *
         * @minItems 1
         */
        readonly credentials: readonly string[];
        /**
         * The ACME server’s directory; that of Let’s Encrypt, if left out. Its own certificate is one that public authorities vouch for.
         */
        readonly directory?: string;
        /**
         * Whom Traefik asks whether the world sees the DNS record that proves the domain; dns.quad9.net, if left out. The home’s own DNS would answer for the domain itself.
         *
         * @minItems 1
         */
        readonly resolvers?: readonly string[];
        readonly hstsDays?: HstsDays;
    } | {
        readonly kind: "authority";
        readonly hstsDays?: HstsDays;
    });
    /**
     * How apps with login: true ask who is there; left out, no app can say so. docs/chores/logins.md
     */
    readonly logins?: ({
        readonly kind: "password";
        /**
         * @minItems 1
         */
        readonly users: readonly string[];
    } | {
        readonly kind: "forward";
        /**
         * Where it answers, from inside the cluster.
         */
        readonly address: string;
        /**
         * Headers of its answer that apps are given, such as Remote-User.
         */
        readonly headers?: readonly string[];
    });
    readonly versions: {
        /**
         * Which generation of defaults the machine configurations and secrets were made with; left out where somebody else set up the machines.
         */
        readonly talosContract?: string;
        /**
         * What is installed on the machines; left out where somebody else set them up.
         */
        readonly talosInstaller?: string;
        readonly kubernetes: string;
    };
    readonly images: {
        readonly litestream: string;
        readonly replicaVerify: Image;
    };
    /**
     * What containers that many workloads share ask for; a workload's own request stands with it.
     */
    readonly memoryRequests: {
        readonly litestream: string;
    };
    readonly nas: {
        /**
         * Left out where nothing but its store is used.
         */
        readonly address?: string;
        readonly s3: ({
            readonly kind: "given";
            readonly endpoint: StoreEndpoint;
            readonly bucket: Bucket;
            readonly caFile?: StoreAuthority;
            /**
             * Without one Litestream takes us-east-1.
             */
            readonly region?: string;
        } | {
            readonly kind: "minio";
            readonly endpoint: StoreEndpoint;
            readonly bucket: Bucket;
            readonly caFile?: StoreAuthority;
        });
        /**
         * The NFS share for what apps keep beside their databases; left out, none of them can. docs/chores/keep-files.md
         */
        readonly files?: {
            /**
             * Its path, as an NFS 4 client names it.
             */
            readonly export: string;
            /**
             * The newest version of NFS that the NAS speaks; 4.1, if left out. Some Synology models stop at 4.0.
             */
            readonly version?: ("4.0" | "4.1");
        };
        /**
         * The NFS share with what apps only read, such as music and films; left out, they can read none. docs/chores/keep-files.md
         */
        readonly media?: {
            /**
             * Its path, as an NFS 4 client names it.
             */
            readonly export: string;
            /**
             * The newest version of NFS that the NAS speaks; 4.1, if left out. Some Synology models stop at 4.0.
             */
            readonly version?: ("4.0" | "4.1");
        };
    };
    readonly replication: {
        /**
         * True for the very first deploy of an empty home only; false makes a missing replica an error.
         */
        readonly firstDeploy: boolean;
        /**
         * When a database's replica is verified, if its workload names no time of its own; UTC.
         */
        readonly verifySchedule: string;
    };
    /**
     * Where logins come from that apps are given; left out, nothing is read from 1Password.
     */
    readonly onePassword?: {
        readonly items: {
            readonly jdownloader: string;
        };
    };
    /**
     * Who hears whether databases are replicated and verified: docs/chores/alerts.md. Left out, nobody does.
     */
    readonly alerts?: ({
        readonly kind: "healthchecks.io";
        readonly graceSeconds: number;
        /**
         * The kind of the account's notification channel that a failing check uses.
         */
        readonly channel: string;
        readonly tags: readonly string[];
        readonly timezone: Timezone;
    } | {
        readonly kind: "addresses";
        /**
         * What there is an address for. Without one for success nobody notices silence.
         *
         * @minItems 1
         */
        readonly of: readonly ("success" | "failure")[];
    } | {
        readonly kind: "gotify";
    });
    readonly terraform: {
        readonly binary: ("terraform" | "tofu");
        readonly backend: BackendChoice;
        /**
         * OpenTofu only: `required` refuses to run without a passphrase in the environment.
         */
        readonly stateEncryption: ("when-possible" | "required");
    };
}
/**
 * One machine of the home; role, hardware, interface and installDisk are there, unless cluster.context says that somebody else set it up.
 */
export interface NodeFacts {
    /**
     * The hostname and the Kubernetes Node's name.
     */
    readonly name: string;
    readonly role?: ("controlplane" | "worker");
    readonly hardware?: Hardware;
    /**
     * How the machine is connected: by one network interface, or by several that work as one.
     */
    readonly interface?: ({
        readonly mac: string;
        readonly vlan?: Vlan;
        readonly mtu?: Mtu;
    } | {
        readonly name: string;
        readonly vlan?: Vlan;
        readonly mtu?: Mtu;
    } | {
        readonly bond: Bond;
        readonly vlan?: Vlan;
        readonly mtu?: Mtu;
    });
    /**
     * The disk that Talos is installed on; everything on it is lost when the node is reinstalled. By its path, or by what all of is true for one disk alone.
     */
    readonly installDisk?: (string | {
        readonly serial?: string;
        readonly wwid?: string;
        readonly model?: string;
        /**
         * One size, or a comparison: ">= 100GB".
         */
        readonly size?: string;
        readonly type?: ("ssd" | "hdd" | "nvme" | "sd");
    });
    /**
     * Official system extensions beside those of the hardware; they are part of the image: https://github.com/siderolabs/extensions
     */
    readonly extensions?: readonly string[];
    /**
     * What the kernel is started with, beside Talos' own; part of the image, and in this order. A dash before one takes Talos' own away.
     */
    readonly kernelArguments?: readonly string[];
    readonly encryption?: Encryption;
    /**
     * Without a prefix length; that is the subnet's. A node may do without one of the two families.
     */
    readonly addresses: {
        readonly v4?: string;
        readonly v6?: string;
    };
    /**
     * What is left for pods after Talos, the 400Mi below which the kubelet ends pods and, on a control plane, Kubernetes itself; an estimate, to be tuned.
     */
    readonly memoryForPods: string;
    readonly labels?: {
        readonly [k: string]: LabelValue;
    };
    /**
     * What apps may use of it, by a name for each, such as `zigbee`: the path on the machine, a folder of devices with a slash at its end.
     */
    readonly devices?: {
        readonly [k: string]: string;
    };
    readonly taints?: readonly Taint[];
    /**
     * Further changes to the machine's configuration, in Talos' own words, after those that follow from the facts. A secret does not belong here: docs/chores/reach-the-home-from-outside.md
     */
    readonly patches?: readonly MachineDocument[];
    /**
     * Destroying the node in Terraform wipes its disk only when this is true.
     */
    readonly resetOnDestroy?: boolean;
}
/**
 * Several network interfaces that work as one, with Talos' own names: https://docs.siderolabs.com/talos/v1.13/reference/configuration/network/bondconfig
 */
export interface Bond {
    /**
     * @minItems 2
     */
    readonly links: readonly Link[];
    /**
     * "802.3ad" wants a switch that knows LACP; "active-backup" works with any.
     */
    readonly bondMode: ("balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb");
    /**
     * How often each link is looked at, in milliseconds.
     */
    readonly miimon?: number;
    /**
     * How long a link that came back is waited for, in milliseconds.
     */
    readonly updelay?: number;
    /**
     * How long a link that went away is waited for, in milliseconds.
     */
    readonly downdelay?: number;
    readonly xmitHashPolicy?: ("layer2" | "layer3+4" | "layer2+3" | "encap2+3" | "encap3+4");
    readonly lacpRate?: ("slow" | "fast");
}
/**
 * Encrypts what the machine keeps: its configuration (STATE), and what runs on it (EPHEMERAL). Only empty partitions can be: talos/README.md
 */
export interface Encryption {
    /**
     * Each opens the disk; their order is that of LUKS' slots, so a further one is added at the end.
     *
     * @minItems 1
     * @maxItems 8
     */
    readonly keys: readonly ({
        /**
         * Made of the machine's own UUID: protects a disk that is taken out.
         */
        readonly nodeID: {};
    } | {
        /**
         * Kept by the machine's TPM, and bound to its register 7, which SecureBoot's keys are in.
         */
        readonly tpm: {
            /**
             * Refuses to begin without SecureBoot.
             */
            readonly checkSecurebootStatusOnEnroll?: boolean;
        };
    } | {
        /**
         * Sealed by a server of one's own.
         */
        readonly kms: {
            readonly endpoint: string;
        };
    })[];
    /**
     * Left out, aes-xts-plain64; a Raspberry Pi 4, which knows no AES, is faster with "xchacha20,aes-adiantum-plain64".
     */
    readonly cipher?: ("aes-xts-plain64" | "xchacha12,aes-adiantum-plain64" | "xchacha20,aes-adiantum-plain64");
}
/**
 * A taint as Kubernetes knows it; a node with one takes only pods that tolerate it.
 */
export interface Taint {
    readonly key: string;
    readonly value?: LabelValue;
    readonly effect: ("NoSchedule" | "PreferNoSchedule" | "NoExecute");
}
