import { compareMinors, minorOf, talosSupport } from '@home/home';
import { refuse } from '@home/terraform';
import { type Chore } from '../chore';
import { controlPlanes, runningVersion, talosctl } from '../talosctl';

export const upgradeKubernetes: Chore = {
  usage: 'upgrade-kubernetes [--to VERSION]',
  summary: 'upgrades Kubernetes on all machines, one component after the other',
  async run(workplace, { to }) {
    const target = to ?? workplace.home.versions.kubernetes;
    if (!/^v\d+\.\d+\.\d+$/.test(target))
      refuse('--to', `"${target}" must be a version`, 'Write it like v1.35.4');
    const [first] = controlPlanes(workplace);
    if (first === undefined) return 0;
    const talos = minorOf((await runningVersion(workplace, first)) ?? '');
    const runs = talos === undefined ? undefined : talosSupport[talos]?.kubernetes;
    const minor = minorOf(target) ?? '';
    if (runs !== undefined && (compareMinors(minor, runs[0]) < 0 || compareMinors(runs[1], minor) < 0)) {
      refuse(
        `node ${first.name}`,
        `runs Talos ${talos}, which runs Kubernetes ${runs[0]} to ${runs[1]}, and not ${target}`,
        'Upgrade Talos first, or choose another version with --to',
      );
    }
    // talosctl refuses to skip a minor version by itself.
    // Comments in the machines' configurations would be news to Terraform.
    const plain = ['--with-docs=false', '--with-examples=false'];
    await workplace.shell.run(talosctl(workplace, [first], 'upgrade-k8s', '--to', target.slice(1), ...plain));
    return 0;
  },
};
