import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { allowFile } from '@tools/nx-home/graph';
import type { PlanJson } from './plan/plan-json';
import type { Diagnostic, Event } from './run/run-terraform';
import type { TemporaryHome } from './temporary-home';

/** What a Terraform that does nothing answers, where it is not what it answers without being told. */
interface Answers {
  /** What every plan does; nothing, if left out. */
  readonly show?: PlanJson;
  /** What a plan finds; with an error among it there is no plan. */
  readonly finds?: readonly Diagnostic[];
  /** The state that an apply leaves. */
  readonly leaves?: object;
  /** What `terraform output` prints. */
  readonly outputs?: string;
  /** What an apply says. */
  readonly apply?: readonly Partial<Event>[];
  readonly applyFails?: boolean;
  /** The path of a store, or its end, that cannot be opened. */
  readonly initFails?: string;
  /** A shell command in the place of `terraform state push`, which finds the store as $1 and what is pushed as $2. */
  readonly push?: string;
}

/**
 * A program that stands in for Terraform where only our commands are looked at: it fails in ways that are hard to bring
 * about with the real one, is there on every machine, and answers within milliseconds. Its stores are local states.
 */
export interface ScriptedTerraform {
  /** The environment in which a home finds it: `home.run(plan, [], program.environment)`. */
  readonly environment: Readonly<Record<string, string>>;
  answer(answers: Answers): void;
  /** What it was called with since the last time: `plan -input=false …`. */
  calls(): string[];
  /** What the last plan found in the file that lifts a protection; undefined when that was not there. */
  lifted(): unknown;
}

/** A plan that does one thing to one object. */
export const planOf = (address: string, action: 'create' | 'delete'): PlanJson => ({
  resource_changes: [
    {
      address,
      mode: 'managed',
      type: 'terraform_data',
      change: {
        actions: [action],
        before: action === 'create' ? null : {},
        after: action === 'create' ? {} : null,
      },
    },
  ],
});

const script = `#!/bin/sh
answers=$HOME/answers
folder=\${1#-chdir=}
if [ "$1" = version ]; then echo '{"terraform_version": "1.11.4"}'; exit; fi
shift
echo "$*" >>"$answers/calls"
store=$(sed -n 's/.*"path": *"\\([^"]*\\)".*/\\1/p' "$folder/stack.tf.json")
case $store in /*) ;; *) store=$folder/$store ;; esac
case "$1 $2" in
  init*)
    if [ -e "$answers/init-fails" ] && grep -q "$(cat "$answers/init-fails")" "$folder/stack.tf.json"; then exit 1; fi
    mkdir -p "$folder/.terraform" && : >"$folder/.terraform/terraform.tfstate"
    # A store opens before the providers are looked for, and in an empty folder is none.
    case $* in *-plugin-dir=*) exit 1 ;; esac ;;
  plan*)
    rm -f "$answers/lifted"
    cp "$folder/${allowFile}" "$answers/lifted"
    cat "$answers/plan" && grep -q '"severity":"error"' "$answers/plan" && exit 1
    for option; do
      case $option in
        -out=*) echo plan >"\${option#-out=}" ;;
        -detailed-exitcode) [ ! -e "$answers/changes" ] || changes=2 ;;
      esac
    done
    exit \${changes:-0} ;;
  show*) cat "$answers/show" ;;
  apply*) cp "$answers/leaves" "$store"; cat "$answers/apply"; [ ! -e "$answers/apply-fails" ] ;;
  output*) cat "$answers/outputs" ;;
  'state pull') cat "$store" || : ;;
  'state push')
    for file; do :; done
    mkdir -p "$(dirname "$store")"
    if [ -e "$answers/push" ]; then sh "$answers/push" "$store" "$file"; else cp "$file" "$store"; fi ;;
esac 2>/dev/null
`;

/** Puts such a program into a home. */
export function scriptedTerraform(home: TemporaryHome): ScriptedTerraform {
  const path = (file: string): string => join(home.root, file);
  const calls = path('answers/calls');
  home.write('bin/terraform', script);
  chmodSync(path('bin/terraform'), 0o700);
  const lines = (events: readonly Partial<Event>[]): string =>
    events
      .map((event) => `${JSON.stringify({ '@level': 'info', '@message': '', type: '', ...event })}\n`)
      .join('');
  const program: ScriptedTerraform = {
    environment: { PATH: `${path('bin')}:${process.env['PATH']}` },
    answer({ show = {}, finds, leaves, outputs = '{}', apply = [], applyFails = false, initFails, push }) {
      rmSync(path('answers'), { recursive: true, force: true });
      home.write('answers/show', JSON.stringify(show));
      home.write('answers/outputs', outputs);
      home.write('answers/apply', lines(apply));
      if (leaves !== undefined) home.write('answers/leaves', JSON.stringify(leaves));
      if (applyFails) home.write('answers/apply-fails', '');
      if (Object.keys(show).length > 0) home.write('answers/changes', '');
      if (finds !== undefined) {
        const events = finds.map((diagnostic) => ({ '@message': diagnostic.summary, diagnostic }));
        home.write('answers/plan', lines(events));
      }
      if (initFails !== undefined) home.write('answers/init-fails', initFails);
      if (push !== undefined) home.write('answers/push', push);
    },
    calls() {
      const made = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
      rmSync(calls, { force: true });
      return made;
    },
    lifted: () =>
      existsSync(path('answers/lifted'))
        ? JSON.parse(readFileSync(path('answers/lifted'), 'utf8'))
        : undefined,
  };
  program.answer({});
  return program;
}
