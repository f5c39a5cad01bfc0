import type { X509Certificate } from 'node:crypto';
import { daysLeft } from '@tools/life/talos';
import type { State } from './finding';

/**
 * How long a certificate still holds.
 *
 * @param dueWithin how many days before its end it should be another one
 */
export function validityOf(
  certificate: X509Certificate,
  dueWithin: number,
): { readonly state: State; readonly detail: string } {
  const left = daysLeft(certificate, Date.now());
  if (left < 0) return { state: 'broken', detail: `expired ${-left} days ago` };
  return { state: left < dueWithin ? 'due' : 'fine', detail: `is valid for ${left} days` };
}
