/** The kinds of machine this house knows how to prepare an image for. */
export type Hardware = 'raspberry-pi-4' | 'generic-amd64' | 'generic-arm64' | 'virtual-machine';

/** An address in each family; a node may do without one of the two. */
export interface Addresses {
  v4?: string;
  v6?: string;
}

/** How a machine's one network interface is found: by its MAC, or by the name the kernel gives it. */
export type InterfaceSelector = { mac: string } | { name: string };

/** A taint as Kubernetes knows it; a node with one takes only pods that tolerate it. */
export interface Taint {
  key: string;
  value?: string;
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** One machine of the home. */
export interface NodeFacts {
  /** The hostname and the Kubernetes Node's name. */
  name: string;
  role: 'controlplane' | 'worker';
  hardware: Hardware;
  interface: InterfaceSelector;
  /** The disk that Talos is installed on; everything on it is lost when the node is made anew. */
  installDisk: string;
  /** Without a prefix length; that is the subnet's. */
  addresses: Addresses;
  /** What is left for pods after Talos and, on a control plane, Kubernetes itself; an estimate, to be tuned. */
  memoryForPods: string;
  labels?: Readonly<Record<string, string>>;
  taints?: readonly Taint[];
  /** Destroying the node in Terraform wipes its disk only when this is true. */
  resetOnDestroy?: boolean;
}

/** Where Terraform keeps the states of all stacks. Credentials come from the environment alone. */
export type BackendChoice =
  | { kind: 'local' }
  | {
      kind: 's3';
      bucket: string;
      region: string;
      /** Left out for AWS itself; MinIO and Garage want `http(s)://host:port`. */
      endpoint?: string;
      pathStyle?: boolean;
      /** A certificate authority of one's own, for an endpoint over https. */
      caFile?: string;
    }
  | { kind: 'pg' }
  | { kind: 'http'; address: string }
  | { kind: 'hcp'; organization: string };

/** Everything about this home that is not the matter of one workload alone. */
export interface HomeFacts {
  cluster: {
    name: string;
    /** An address that the control planes share, so that any of them may die. */
    virtualAddress?: string;
    /** Only when it is neither the virtual address nor the one control plane's own: a load balancer's, say. */
    endpoint?: string;
    /** With one machine there is nowhere else for a pod to run. */
    allowSchedulingOnControlPlanes: boolean;
    podSubnets?: readonly string[];
    serviceSubnets?: readonly string[];
  };
  /** Every address of an app is `<name>.<domain>`. */
  domain: string;
  /** Whom the zone's SOA record names, as a domain name with its dot at the end. */
  hostmaster: string;
  timezone: string;
  network: {
    subnets: Addresses;
    gateways: Addresses;
    nameservers: readonly string[];
    /** Left out, Talos asks its own default. */
    timeServers?: readonly string[];
    nodes: readonly NodeFacts[];
  };
  versions: {
    /** Which generation of defaults the machine configurations and secrets were made with. */
    talosContract: string;
    /** What is installed on the machines. */
    talosInstaller: string;
    kubernetes: string;
  };
  images: {
    litestream: string;
    replicaVerify: string;
  };
  /** What containers that many workloads share ask for; a workload's own request stands with it. */
  memoryRequests: {
    litestream: string;
  };
  nas: {
    address: string;
    s3: {
      endpoint: string;
      bucket: string;
    } & (
      | /** Bucket, user and policy are made here. */ { kind: 'minio' }
        /** The store's owner made bucket and key. Without a region Litestream takes us-east-1. */
      | { kind: 'given'; region?: string }
    );
  };
  replication: {
    /** True for the very first deploy of an empty home only; false makes a missing replica an error. */
    firstDeploy: boolean;
    /** When a database's replica is verified, if its workload names no time of its own; UTC. */
    verifySchedule: string;
  };
  onePassword: {
    items: { jdownloader: string };
  };
  healthchecks: {
    graceSeconds: number;
    /** The kind of the account's notification channel that a failing check uses. */
    channel: string;
    tags: readonly string[];
    timezone: string;
  };
  terraform: {
    binary: 'terraform' | 'tofu';
    backend: BackendChoice;
    /** OpenTofu only: `required` refuses to run without a passphrase in the environment. */
    stateEncryption: 'when-possible' | 'required';
  };
}
