// Renders apps with a library of others: `render.cjs PEER ROOM MODEL COUNT INTO`. Loading it does not count.
const { mkdirSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [peer, room, model, count, into] = process.argv.slice(2);
const library = createRequire(join(room, 'package.json'))(peer);
const text = readFileSync(model, 'utf8');
const { name: modelled } = JSON.parse(text);
const names = Array.from(
  { length: Number(count) },
  (_, index) => `app-${String(index + 1).padStart(4, '0')}`,
);
mkdirSync(into, { recursive: true });

const [start, cpu] = [performance.now(), process.cpuUsage()];
const app = new library.App({ outdir: into, skipValidation: true });
const add = peer === 'cdk8s' ? asCharts() : asResources();
for (const name of names) add(name, JSON.parse(text.replaceAll(modelled, name)));
app.synth();
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }),
);

/** One root module, as the stack of the apps is one. */
function asResources() {
  class Resource extends library.TerraformResource {
    constructor(scope, { type, label, body }) {
      super(scope, `${type}-${label}`, { terraformResourceType: type });
      this.body = body;
      this.overrideLogicalId(label);
    }

    synthesizeAttributes() {
      return this.body;
    }
  }
  const stack = new library.TerraformStack(app, 'apps');
  return (_, { resources }) => resources.forEach((resource) => new Resource(stack, resource));
}

function asCharts() {
  return (name, { manifests }) => {
    const chart = new library.Chart(app, name);
    manifests.forEach((manifest, index) => new library.ApiObject(chart, String(index), manifest));
  };
}
