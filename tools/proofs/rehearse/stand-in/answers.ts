import { type WireObject, pack, unpack } from './message-pack';
import type { Provider } from './provider';
import { schemaMessage } from './schema';
import { keyOf } from './resources';
import { type Call, Refusal, type Step, type Trouble, deferred } from './trouble';

/** A request of the plugin protocol, any of them, with its values unpacked: each has some of these fields. */
interface Request {
  readonly type_name: string;
  readonly config: WireObject | null;
  readonly prior_state: WireObject | null;
  readonly planned_state: WireObject | null;
  readonly proposed_new_state: WireObject | null;
  readonly current_state: WireObject | null;
  readonly raw_state: { readonly json: Uint8Array };
  readonly private: Uint8Array;
  readonly id: string;
}

/** Answers one method; `gone` comes true when terraform does not wait for the answer any more. */
export type Answer = (request: Request, gone: Promise<void>) => object | Promise<object>;

/** A request as it comes → with its values unpacked. */
export const readRequest = (message: object): Request =>
  Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name,
      value === null || Object(value).msgpack ? unpack(value) : value,
    ]),
  ) as unknown as Request;

/** The answers of one provider to the methods of the plugin protocol, with the trouble that was made for it. */
export function answersOf(provider: Provider, trouble: Trouble): Record<string, Answer> {
  const schema = schemaMessage(provider.recorded);
  let stopped = deferred<void>();
  let opened = 0;

  /** Does what was asked, or what trouble makes of it. */
  async function does<Done extends WireObject | null | void>(
    call: Omit<Call, 'provider'>,
    gone: Promise<void>,
    act: () => Done,
  ): Promise<Done | WireObject> {
    const strike = trouble.strikes({ provider: provider.name, ...call });
    const what = strike?.what;
    const wait = async () => {
      const givenUp = Promise.race([gone, stopped.promise]).then(() => true);
      if (await Promise.race([strike?.released, givenUp])) throw new Refusal('the operation was cancelled');
    };
    switch (what?.kind) {
      case undefined:
        return act();
      case 'unreachable':
        throw new Refusal(`${provider.name}: dial tcp: connect: connection refused`);
      case 'refuse':
        throw new Refusal(what.message);
      case 'conflict':
        throw new Refusal(
          `Operation cannot be fulfilled on "${call.key}"`,
          'the object has been modified; please apply your changes to the latest version and try again',
        );
      case 'timeout':
        act();
        throw new Refusal('context deadline exceeded', 'Client.Timeout exceeded while awaiting headers');
      case 'vanish':
        provider.world.vanish(call.type, call.key ?? '');
        return act();
      case 'hang': {
        if (what.when === 'before') await wait();
        const done = act();
        if (what.when === 'after') await wait();
        return done;
      }
      case 'lie': {
        const told = act();
        return told ? what.about(told) : told;
      }
    }
  }

  async function apply(request: Request, gone: Promise<void>): Promise<object> {
    const { type_name: type, prior_state: prior, planned_state: planned, config } = request;
    const step: Step = !planned ? 'delete' : prior ? 'update' : 'create';
    try {
      const state = await does({ step, type, key: keyOf(type, prior ?? config ?? {}) }, gone, () =>
        planned ? provider.apply(type, prior, planned, config ?? {}) : prior && provider.delete(type, prior),
      );
      return { new_state: pack(state && planned ? state : null) };
    } catch (cause) {
      // As far as Terraform may know, what failed has changed nothing.
      return { new_state: pack(prior), ...diagnostics(cause) };
    }
  }

  return {
    GetProviderSchema: () => schema,
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    ValidateEphemeralResourceConfig: () => ({}),
    ConfigureProvider: async (_request, gone) => {
      await does({ step: 'configure', type: '', key: undefined }, gone, () => undefined);
      return {};
    },
    UpgradeResourceState: ({ type_name: type, raw_state: { json } }) => ({
      upgraded_state: pack(provider.upgrade(type, JSON.parse(Buffer.from(json).toString()))),
    }),
    ReadResource: async ({ type_name: type, current_state: current }, gone) => {
      const state = await does({ step: 'read', type, key: keyOf(type, current ?? {}) }, gone, () =>
        provider.read(type, current ?? {}),
      );
      return { new_state: pack(state ?? null) };
    },
    PlanResourceChange: async (request, gone) => {
      const { type_name: type, prior_state: prior, proposed_new_state: proposed, config } = request;
      if (!proposed) return { planned_state: pack(null) };
      const key = keyOf(type, prior ?? config ?? {});
      const planned = provider.plan(type, prior, proposed, config ?? {});
      const state = await does({ step: 'plan', type, key }, gone, () => planned.state);
      return { planned_state: pack(state), requires_replace: planned.replace.map(pathMessage) };
    },
    ApplyResourceChange: apply,
    ImportResourceState: async ({ type_name: type, id }, gone) => {
      const state = await does({ step: 'import', type, key: id }, gone, () => provider.import(type, id));
      return { imported_resources: [{ type_name: type, state: pack(state) }] };
    },
    ReadDataSource: async ({ type_name: type, config }, gone) => {
      const state = await does({ step: 'data', type, key: keyOf(type, config ?? {}) }, gone, () =>
        provider.readData(type, config ?? {}),
      );
      return { state: pack(state) };
    },
    OpenEphemeralResource: async ({ type_name: type, config }, gone) => {
      const result = await does({ step: 'open', type, key: undefined }, gone, () =>
        provider.open(type, config ?? {}),
      );
      opened += 1;
      return { result: pack(result), private: Buffer.from(String(opened)) };
    },
    RenewEphemeralResource: (request) => ({ private: request.private }),
    CloseEphemeralResource: () => ({}),
    StopProvider: () => {
      stopped.resolve();
      stopped = deferred<void>();
      return {};
    },
  };
}

const pathMessage = (path: readonly (string | number)[]) => ({
  steps: path.map((step) =>
    typeof step === 'number' ? { element_key_int: step } : { attribute_name: step },
  ),
});

/** A refusal as terraform shows it. Anything else is a bug of the stand-in and is thrown on. */
export function diagnostics(cause: unknown): object {
  if (!(cause instanceof Refusal)) throw cause;
  return { diagnostics: [{ severity: 1, summary: cause.summary, detail: cause.detail }] };
}
