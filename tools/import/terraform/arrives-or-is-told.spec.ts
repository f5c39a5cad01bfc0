import fc from 'fast-check';
import { expectAll, holdAll, leavesIn, word } from '../example-import';

/** An expression as HCL writes it, a nested block, and blocks of one name. */
class Source {
  /** @param says what of it must arrive */
  constructor(
    readonly source: string,
    readonly says: string,
  ) {}
}
class Nested {
  constructor(readonly bodies: readonly object[]) {}
}
const nested = (...bodies: readonly object[]): Nested => new Nested(bodies);
const source = (text: string, says = ''): Source => new Source(text, says);

const path = word.map((one) => `/srv/${one}`);
const words = fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 });
const some = <Given>(members: { [Key in keyof Given]: fc.Arbitrary<Given[Key]> }) =>
  fc.record(members, { requiredKeys: [] });

/** What Terraform itself takes in a resource. */
const meta = some({
  lifecycle: fc.constantFrom(
    nested({ prevent_destroy: true }),
    nested({ ignore_changes: source('[metadata[0].labels]') }),
    nested({ create_before_destroy: true }),
  ),
  count: fc.constantFrom(2, source('var.given')),
  provider: fc.constant(source('kubernetes.other')),
  timeouts: fc.constant(nested({ create: '7m' })),
  provisioner: word.map((one) => source(`provisioner "local-exec" {\n command = "${one}"\n}`, one)),
  made_up: word,
});

const container = fc
  .tuple(
    word,
    some({
      command: fc.array(word, { minLength: 1, maxLength: 2 }),
      working_dir: path,
      env: fc
        .array(
          word.map((value) => ({ name: 'PLACE', value })),
          { minLength: 1, maxLength: 2 },
        )
        .map((all) => nested(...all)),
      port: word.map((name) => nested({ name, container_port: 8080 })),
      liveness_probe: path.map((one) =>
        nested({ period_seconds: 7, http_get: nested({ path: one, port: 80 }) }),
      ),
      security_context: fc.constantFrom(nested({ run_as_user: 1234 }), nested({ privileged: true })),
      dynamic: word.map((one) =>
        source(
          `dynamic "volume_mount" {\n for_each = ["${one}"]\n content {\n  name = volume_mount.value\n  mount_path = "/${one}"\n }\n}`,
          one,
        ),
      ),
      made_up: word,
    }),
  )
  .map(([name, given]) => nested({ name, image: 'example.org/a:1.0', ...given }));

const pod = fc
  .tuple(
    container,
    some({ node_selector: words, host_network: fc.constant(true), subdomain: word, made_up: word }),
  )
  .map(([one, given]) => nested({ container: one, ...given }));

const labels = { app: 'web' };

/** What blocks of each kind say; where each says something of its own. */
const kinds: Readonly<Record<string, fc.Arbitrary<object>>> = {
  'resource "kubernetes_config_map"': some({
    data: fc.oneof(
      words,
      word.map((one) => ({ file: source(`<<-EOT\n  line ${one}\n  \${var.given}\n  EOT\n`, one) })),
      word.map((one) => ({ file: source(`templatefile("${one}.tpl", { x = var.given })`, one) })),
      word.map((one) => ({ file: source(`var.given == "${one}" ? "a${one}" : "b"`, one) })),
      word.map((one) => source(`merge({ a = "${one}" }, local.given)`, one)),
      fc.constant({ file: source('9007199254740993', '9007199254740993') }),
    ),
    binary_data: fc.constant({ x: 'AAECA/8=' }),
    immutable: fc.constant(true),
  }),
  'resource "kubernetes_secret"': some({ data: words, type: word }),
  'resource "kubernetes_service"': fc
    .tuple(words, word)
    .map(([selector, name]) => ({ spec: nested({ selector, port: nested({ name, port: 81 }) }) })),
  'resource "kubernetes_deployment_v1"': fc
    .tuple(pod, some({ min_ready_seconds: fc.nat(9) }))
    .map(([spec, given]) => ({
      spec: nested({
        ...given,
        selector: nested({ match_labels: labels }),
        template: nested({ metadata: nested({ labels }), spec }),
      }),
    })),
  'resource "kubernetes_cron_job"': fc.tuple(pod, word).map(([spec, zone]) => ({
    spec: nested({
      schedule: '7 4 * * *',
      timezone: zone,
      job_template: nested({
        metadata: nested({}),
        spec: nested({ template: nested({ metadata: nested({}), spec }) }),
      }),
    }),
  })),
  'resource "kubernetes_ingress"': word.map((one) => ({
    spec: nested({
      ingress_class_name: one,
      rule: nested({
        host: `${one}.example.org`,
        http: nested({ path: nested({ backend: nested({ service_name: one, service_port: 80 }) }) }),
      }),
    }),
  })),
  'resource "kubernetes_manifest"': words.map((spec) => ({
    manifest: { apiVersion: 'example.org/v1', kind: 'Widget', spec },
  })),
  'resource "cloud_thing"': words.map((given) => ({ ...given, inside: nested(given) })),
  'resource "null_resource"': words.map((triggers) => ({ triggers })),
  'data "kubernetes_namespace"': fc.constant({}),
};

const made = fc.oneof(
  ...Object.entries(kinds).map(([head, body]) =>
    fc
      .tuple(word, meta, some({ labels: words, annotations: words }), body)
      .map(([name, given, metadata, own]) => {
        const hasMetadata = /kubernetes_(?!manifest)/.test(head);
        return {
          head: `${head} "${name}"`,
          body: { ...(hasMetadata && { metadata: nested({ name, ...metadata }) }), ...own, ...given },
        };
      }),
  ),
);

const plain: fc.Arbitrary<{ head: string; body: object }> = fc.oneof(
  fc
    .tuple(
      word,
      some({
        default: fc.oneof(word, fc.nat(), fc.array(word), words),
        description: word,
        sensitive: fc.constant(true),
      }),
    )
    .map(([name, body]) => ({ head: `variable "${name}"`, body })),
  fc
    .tuple(word, word)
    .map(([name, value]) => ({ head: `output "${name}"`, body: { value, description: `${value} x` } })),
  fc.tuple(word, words).map(([name, given]) => ({
    head: `module "${name}"`,
    body: { source: 'example/web/any', ...given, providers: source('{ kubernetes = kubernetes.other }') },
  })),
  word.map((host) => ({ head: 'provider "kubernetes"', body: { host } })),
  word.map((one) => ({
    head: 'terraform',
    body: { backend: source(`backend "s3" {\n bucket = "${one}"\n}`, one) },
  })),
  word.map((one) => ({
    head: `check "${one}"`,
    body: { assert: nested({ condition: source('true'), error_message: `Look at ${one}.` }) },
  })),
  fc.tuple(word, word).map(([from, to]) => ({
    head: 'moved',
    body: { from: source(`kubernetes_pod_v1.${from}`, from), to: source(`kubernetes_pod_v1.${to}`, to) },
  })),
);

/** HCL of a body; what is source by itself stands there as it is. */
const print = (body: object): string =>
  Object.entries(body)
    .map(([name, value]: [string, unknown]) => {
      if (value instanceof Nested) return value.bodies.map((one) => `${name} {\n${print(one)}}\n`).join('');
      const isBlock = value instanceof Source && new RegExp(`^${name} "`).test(value.source);
      return isBlock ? `${value.source}\n` : `${name} = ${valueOf(value)}\n`;
    })
    .join('');

function valueOf(value: unknown): string {
  if (value instanceof Source) return value.source;
  if (Array.isArray(value)) return `[${value.map(valueOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{\n${Object.entries(value)
    .map(([key, one]) => `${key} = ${valueOf(one)}\n`)
    .join('')}}`;
}

const given =
  'variable "given" {}\nlocals {\n  given = { given = var.given }\n}\noutput "given" {\n  value = local.given\n}\n';

// Blocks, arguments and texts, all of which somebody once wrote for a reason.
it('brings each part of a block along, or tells of it', async () => {
  const blocks = fc.uniqueArray(fc.oneof(made, plain), {
    minLength: 1,
    maxLength: 3,
    selector: ({ head }) => head,
  });
  await holdAll(blocks, {
    file: 'main.tf',
    print: (all) => given + all.map(({ head, body }) => `${head} {\n${print(body)}}\n`).join(''),
    check: (all, { text, left, variables }) => {
      let line = given.split('\n').length;
      const parts = all.flatMap(({ head, body }) => {
        const where = `main.tf:${line}`;
        line += print(body).split('\n').length + 1;
        const told = left.filter((one) => one.where.endsWith(where));
        const isLeftOut = /^(terraform|provider)/.test(head) && told.length > 0;
        const leaves = leavesIn(body).filter(([steps]) => steps.at(-1) !== 'source');
        return leaves.map(([steps, leaf]) => {
          const own = steps.filter(
            (step) => !/^(bodies|says|spec|template|metadata|job_template)$/.test(step),
          );
          const isHidden = variables.some(({ holds }) => own.some((step) => holds.includes(step)));
          const isTold = told.some(({ what }) => [...own, leaf].some((one) => what.includes(one)));
          return {
            part: { head, at: steps.join('.'), leaf },
            is: isLeftOut || isHidden || isTold || text.includes(leaf),
          };
        });
      });
      expectAll(parts);
    },
  });
}, 120_000);
