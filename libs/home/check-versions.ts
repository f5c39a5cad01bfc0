import type { Problem } from '@home/terraform';
import type { HomeFacts } from './home-facts';
import { mistake } from './mistake';
import { compareMinors, minorOf, talosSupport } from './talos-support';

const forms = {
  talosContract: [/^v\d+\.\d+$/, 'must be a minor version of Talos', 'Write it like "v1.13"'],
  talosInstaller: [/^v\d+\.\d+\.\d+$/, 'must be a version of Talos', 'Write it like "v1.13.9"'],
  kubernetes: [/^v\d+\.\d+\.\d+$/, 'must be a version of Kubernetes', 'Write it like "v1.35.4"'],
} as const;

/** Checks the three versions of the machines against Talos' support matrix, and that shared images are pinned. */
export function checkVersions({ versions, images }: HomeFacts): Problem[] {
  const malformed = Object.entries(forms).flatMap(([name, [form, must, remedy]]) => {
    const version = versions[name as keyof typeof forms];
    return form.test(version) ? [] : [mistake(`versions.${name}`, version, must, remedy)];
  });
  return [...(malformed.length > 0 ? malformed : checkSupport(versions)), ...checkImages(images)];
}

function checkSupport({ talosContract, talosInstaller, kubernetes }: HomeFacts['versions']): Problem[] {
  const [contract, installer, minor] = [talosContract, talosInstaller, kubernetes].map(
    (one) => minorOf(one) ?? '',
  );
  const support = talosSupport[installer ?? ''];
  if (contract === undefined || installer === undefined || minor === undefined) return [];
  if (support === undefined) {
    return [
      mistake(
        'versions.talosInstaller',
        talosInstaller,
        `must be of a line between ${Object.keys(talosSupport)[0]} and ${Object.keys(talosSupport).at(-1)}`,
        'Add the new line to libs/home/talos-support.ts from the support matrix that it names',
      ),
    ];
  }
  const [oldest, newest] = support.kubernetes;
  const runs = compareMinors(oldest, minor) <= 0 && compareMinors(minor, newest) <= 0;
  return [
    ...(compareMinors(contract, installer) <= 0
      ? []
      : [
          mistake(
            'versions.talosContract',
            talosContract,
            `must not be newer than versions.talosInstaller "${talosInstaller}"`,
            'Upgrade the machines first',
          ),
        ]),
    ...(runs
      ? []
      : [
          mistake(
            'versions.kubernetes',
            kubernetes,
            `must be between ${oldest} and ${newest}, which Talos ${installer} runs`,
            'Choose one of those, or another versions.talosInstaller',
          ),
        ]),
  ];
}

function checkImages(images: HomeFacts['images']): Problem[] {
  return Object.entries(images).flatMap(([name, image]: [string, string]) => {
    const tag = /^[^\s@]+\/[^\s:@]+:([\w][\w.-]*)(@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
    return tag !== undefined && /\d/.test(tag)
      ? []
      : [mistake(`images.${name}`, image, 'must pin a version', 'Use a tag such as "0.5.18"')];
  });
}
