import type { Answering } from './home-network';

/** The list of checks that the account at healthchecks.io has: https://healthchecks.io/docs/api/ */
export const answerHealthchecks: Answering = (world, { url = '', headers: { host = '' } }) => {
  if (!/^\/api\/v\d\/checks\/$/.test(url)) return { status: 404, body: '{}' };
  const checks = Object.entries(world.all('healthchecksio_check')).map(([id, { value }]) => ({
    name: value['name'],
    ping_url: value['ping_url'],
    update_url: `http://${host}/api/v1/checks/${id}`,
  }));
  return { status: 200, body: JSON.stringify({ checks }) };
};
