import type { Problem } from '@home/terraform';
import { type ChosenSources, isCompose } from './choose-sources';

/**
 * Tells of each file that an import of a folder leaves where it is, since it is of another kind than the others.
 *
 * @param carried the texts that came along beside the code: a file that is read or mounted is among them
 */
export function tellOthers({ kind, others }: ChosenSources, carried: ReadonlySet<string>): Problem[] {
  return others
    .filter(({ text }) => !carried.has(text))
    .map((source) => {
      const where = source.file;
      const command = `npx nx g import --from ${where}`;
      if (kind !== 'terraform' && isCompose(source)) {
        const remedy = `Import it by itself, ${command}, or several as one: docker compose -f ONE -f OTHER config | npx nx g import --from -`;
        return { where, what: 'is a compose file of its own', remedy };
      }
      const what =
        kind === 'terraform'
          ? 'is not HCL, and is imported only where HCL reads it'
          : 'is not a compose file, and is imported only where a service mounts it';
      return { where, what, remedy: `If it describes what runs, import it by itself: ${command}` };
    });
}
