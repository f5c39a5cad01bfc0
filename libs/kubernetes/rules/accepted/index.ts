import { type OwnedBlock, type Problem, type Rule } from '@home/terraform';
import { type KubernetesObject, objectsIn } from '../../read/objects';
import { templateOf } from '../../read/pods';
import { dnsLabel } from '../names';
import { checkAggregation, checkBinding, checkIngressClass, checkPriorityClass, checkRules } from './access';
import { checkAnnotations, checkData, checkSecret } from './data';
import { checkIngress } from './ingresses';
import { Place } from './place';
import { checkPod } from './pods';
import { checkAutoscaler, checkBudget, checkNetworkPolicy } from './policies';
import { checkService } from './services';
import { checkClaimSpec, checkStorageClass, checkVolume } from './storage';
import { checkCronJob, checkJob, checkWorkload } from './workloads';

/**
 * Kubernetes' API server takes every object: what the recorded schemas do not say of it, and its own validation does, is
 * said here. What only Terraform knows passes. https://github.com/kubernetes/kubernetes/tree/v1.36.3/pkg/apis
 */
export const requireAcceptedObjects: Rule = (home: readonly OwnedBlock[]) => {
  const problems: Problem[] = [];
  for (const object of objectsIn(home).made()) {
    const place = new Place(object.owned, object.body, problems);
    for (const metadata of place.blocks('metadata')) {
      checkAnnotations(metadata);
      metadata.named(prefixFault, 'generate_name');
    }
    checkPods(place, object);
    checkKind(place, object);
  }
  return problems;
};

/** What Kubernetes ends a name with goes behind it. */
const prefixFault = (prefix: string): string | undefined => dnsLabel(`${prefix}a`);

function checkPods(place: Place, { kind }: KubernetesObject): void {
  const template = templateOf(kind);
  if (template === undefined) return;
  if (template.length > 0)
    for (const metadata of place.blocks(...template, 'metadata')) checkAnnotations(metadata);
  for (const pod of place.blocks(...template, 'spec')) checkPod(pod);
}

type Check = (place: Place, kind: string) => void;

/** Checks of an object's nested block `spec`. */
const ofSpec: Readonly<Record<string, Check>> = {
  cronjob: (spec, kind) => {
    checkCronJob(spec);
    for (const job of spec.blocks('job_template', 'spec')) checkJob(job, kind);
  },
  daemonset: checkWorkload,
  deployment: checkWorkload,
  horizontalpodautoscaler: checkAutoscaler,
  ingress: checkIngress,
  ingressclass: checkIngressClass,
  job: checkJob,
  networkpolicy: checkNetworkPolicy,
  persistentvolume: checkVolume,
  persistentvolumeclaim: checkClaimSpec,
  poddisruptionbudget: checkBudget,
  service: checkService,
  statefulset: (spec, kind) => {
    checkWorkload(spec, kind);
    for (const claim of spec.blocks('volume_claim_template', 'spec')) checkClaimSpec(claim);
  },
};

/** Checks of an object as a whole. */
const ofObject: Readonly<Record<string, Check>> = {
  clusterrole: (object) => {
    checkRules(object);
    for (const rule of object.blocks('aggregation_rule')) checkAggregation(rule);
  },
  clusterrolebinding: checkBinding,
  configmap: checkData,
  priorityclass: checkPriorityClass,
  role: checkRules,
  rolebinding: checkBinding,
  secret: checkSecret,
  storageclass: checkStorageClass,
};

function checkKind(place: Place, { kind }: KubernetesObject): void {
  ofObject[kind]?.(place, kind);
  for (const spec of place.blocks('spec')) ofSpec[kind]?.(spec, kind);
}
