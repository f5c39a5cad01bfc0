// Made by tools/sync-schemas from libs/providers/manifest.ts. Make it again: npm run sync-schemas. Do not edit.

import type * as Gotify from './gotify';
import type * as Healthchecksio from './healthchecksio';
import type * as Kubernetes from './kubernetes';
import type * as Minio from './minio';
import type * as Onepassword from './onepassword';
import type * as Random from './random';
import type * as Talos from './talos';
import type * as Terraform from './terraform';
import type * as Tls from './tls';

export type { Gotify, Healthchecksio, Kubernetes, Minio, Onepassword, Random, Talos, Terraform, Tls };
export interface Resources extends Gotify.Resources, Healthchecksio.Resources, Kubernetes.Resources, Minio.Resources, Onepassword.Resources, Random.Resources, Talos.Resources, Terraform.Resources, Tls.Resources {}
export interface DataSources extends Gotify.DataSources, Healthchecksio.DataSources, Kubernetes.DataSources, Minio.DataSources, Onepassword.DataSources, Random.DataSources, Talos.DataSources, Terraform.DataSources, Tls.DataSources {}
export interface EphemeralResources extends Gotify.EphemeralResources, Healthchecksio.EphemeralResources, Kubernetes.EphemeralResources, Minio.EphemeralResources, Onepassword.EphemeralResources, Random.EphemeralResources, Talos.EphemeralResources, Terraform.EphemeralResources, Tls.EphemeralResources {}
export interface Configurations {
  gotify: Gotify.Configuration;
  healthchecksio: Healthchecksio.Configuration;
  kubernetes: Kubernetes.Configuration;
  minio: Minio.Configuration;
  onepassword: Onepassword.Configuration;
  random: Random.Configuration;
  talos: Talos.Configuration;
  terraform: Terraform.Configuration;
  tls: Tls.Configuration;
}
