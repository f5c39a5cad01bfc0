import { rules as kubernetesRules } from '@home/kubernetes';
import { rules as talosRules } from '@home/talos';
import { type Rule } from '@home/terraform';

/** Every rule of the home. */
export const rules: readonly Rule[] = [...kubernetesRules, ...talosRules];
