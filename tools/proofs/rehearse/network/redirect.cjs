// Loaded into every Node process of a rehearsal (NODE_OPTIONS): the addresses of the home lead to the stand-ins on
// this machine, and every other address is blocked, so that a rehearsal cannot touch a real home or the network.
// Plain JavaScript, since Node loads it before anything that knows TypeScript.
const net = require('node:net');

const ports = JSON.parse(process.env.REHEARSAL_NETWORK ?? '{}');
/** Where nobody listens. */
const nowhere = 1;
const { connect } = net.Socket.prototype;

/** What `connect` was called with: `[options, listener]` from Node's own modules, else options or a port and a host. */
function readOptions(given) {
  if (Array.isArray(given[0])) return given[0];
  const listener = given.find((one) => typeof one === 'function');
  if (typeof given[0] === 'object') return [given[0], listener];
  return typeof given[0] === 'string'
    ? [{ path: given[0] }, listener]
    : [{ port: given[0], host: given[1] }, listener];
}

net.Socket.prototype.connect = function (...given) {
  const [options, listener] = readOptions(given);
  if (options.path) return connect.apply(this, given);
  const port = ports[`${options.host ?? 'localhost'}:${options.port}`] ?? nowhere;
  return connect.call(this, { ...options, host: '127.0.0.1', port }, listener);
};
