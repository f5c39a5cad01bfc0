import type { Answering } from './home-network';

/** The list of checks that the account at healthchecks.io has: https://healthchecks.io/docs/api/ */
export const answerHealthchecks: Answering = (world, { url = '' }) => {
  if (!/^\/api\/v\d\/checks\/$/.test(url)) return { status: 404, body: '{}' };
  const checks = Object.values(world.all('healthchecksio_check')).map(({ value }) => ({
    name: value['name'],
    ping_url: value['ping_url'],
  }));
  return { status: 200, body: JSON.stringify({ checks }) };
};
