import { refuse } from '@home/terraform';
import { formatValue } from '@life/changes';
import { type Command, selectStacks } from '../command';
import { type Output, readOutputs } from '../state/read-state';

/** Prints the outputs of a stack; a sensitive one only when asked for by name. */
export const output: Command = {
  usage: 'output -- STACK [NAME] [--json]',
  help: 'Prints the outputs of a stack; a sensitive one only when asked for by name.',
  options: ['json'],
  names: 2,
  async run(session, { names: [stack, name], json }) {
    if (stack === undefined) {
      refuse('npm run output', 'needs the name of a stack', `Usage: npm run ${output.usage}`);
    }
    selectStacks(session.stacks, [stack]);
    const outputs = await readOutputs(session, stack);
    const { terminal } = session;
    if (name !== undefined) {
      const found = outputs[name];
      if (found === undefined) refuse(stack, `has no output "${name}"`, remedyFor(Object.keys(outputs)));
      terminal.say(typeof found.value === 'string' && !json ? found.value : JSON.stringify(found.value));
    } else if (json) {
      terminal.say(
        JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([key, one]) => [key, shown(one)]))),
      );
    } else {
      for (const [key, one] of Object.entries(outputs)) {
        terminal.say(`${key}: ${one.sensitive ? '(sensitive)' : formatValue(one.value)}`);
      }
    }
    return 0;
  },
};

const shown = ({ sensitive, value }: Output): object => (sensitive ? { sensitive } : { sensitive, value });

const remedyFor = (known: readonly string[]): string =>
  known.length === 0 ? 'It has no outputs, or was never applied' : `Its outputs are ${known.join(', ')}`;
