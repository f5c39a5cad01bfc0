import { type Problem, ProblemsError, nearestName } from '@home/terraform';

/** What of a machine can be given with `--node`. */
const nodeKeys = ['name', 'role', 'hardware', 'link', 'disk', 'v4', 'v6', 'memory'];

/**
 * The answers that were given with the command, by the ids of their questions.
 *
 * @param options what followed the command, without the machines
 * @param node one text for each machine: `name=pi,v4=192.168.1.3`
 * @throws ProblemsError when a machine is not described like that
 */
export function givenAnswers(
  options: Readonly<Record<string, string | undefined>>,
  node: readonly string[] = [],
): Map<string, string> {
  const problems: Problem[] = [];
  const ofNodes = node.flatMap((machine, index) =>
    machine.split(',').flatMap((pair): [string, string][] => {
      const [key = '', ...value] = pair.split('=');
      if (value.length > 0 && nodeKeys.includes(key.trim())) {
        return [[`node.${index}.${key.trim()}`, value.join('=').trim()]];
      }
      problems.push(misread(pair, key.trim()));
      return [];
    }),
  );
  if (problems.length > 0) throw new ProblemsError(problems);
  const count: [string, string][] = node.length === 0 ? [] : [['machines', String(node.length)]];
  const plain = Object.entries(options).flatMap(([id, value]): [string, string][] =>
    value === undefined ? [] : [[id, value]],
  );
  return new Map([...plain, ...count, ...ofNodes]);
}

function misread(pair: string, key: string): Problem {
  const nearest = nearestName(key, nodeKeys);
  return {
    where: 'npm run setup -- --node',
    what: `"${pair}" must be a key and its value, such as name=pi`,
    remedy:
      nearest === undefined || nearest === key
        ? `The keys are ${nodeKeys.join(', ')}`
        : `Did you mean ${nearest}?`,
  };
}
