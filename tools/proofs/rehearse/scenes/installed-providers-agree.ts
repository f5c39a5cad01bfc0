import { scene } from '../story';

/** Stand-ins know the providers' schemas; what the providers themselves check they do not know. */
export default scene(
  'The installed providers take what is generated',
  { providers: 'real', seconds: 20 },
  async ({ house, runs, holds }) => {
    for (const stack of house.stacks()) {
      await runs(house.installed(stack, 'init', '-backend=false', '-input=false'));
      const validated = await runs(house.installed(stack, 'validate'));
      holds(
        `the providers of ${stack} find it valid`,
        /configuration is valid/.test(validated.all),
        validated.all,
      );
    }
  },
);
