/** `app-0001`, `app-0002`, … */
export function appNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${String(index + 1).padStart(4, '0')}`);
}
