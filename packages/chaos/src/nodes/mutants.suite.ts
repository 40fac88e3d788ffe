import type { GlueMutant } from '../glue/mutants.suite.ts'

const channel = 'server/dist/channel'
const gateways = 'server/dist/store/gateways'

/** One line of what keeps a gateway one node's, wrong on purpose. */
export const nodesMutants: readonly GlueMutant[] = [
  {
    name: 'raises no epoch when a gateway connects',
    file: `${gateways}/ownership.js`,
    from: "value('owner_epoch', '+', 1)",
    to: "value('owner_epoch', '+', 0)",
    corpus: 'report-to-an-earlier-node',
  },
  {
    name: 'compares no epoch',
    file: `${gateways}/ownership.js`,
    from: '.owner_epoch !== own)',
    to: '.owner_epoch === -1)',
    corpus: 'restart-told-to-an-earlier-node',
  },
  {
    name: 'decides a change of a gateway that another node has',
    file: `${channel}/journal.js`,
    from: 'await requireOwner(tx, serial, epoch);',
    to: '',
    corpus: 'answer-of-an-earlier-node',
  },
  {
    name: 'writes whatever a connection heard, whoever has the gateway',
    file: `${channel}/owned-writes.js`,
    from: 'await requireOwner(tx, this.serial, epoch);',
    to: '',
    corpus: 'report-to-an-earlier-node',
  },
  {
    name: 'writes what was reported to a node that has the gateway no more',
    file: `${channel}/gateway-connection.js`,
    from: 'this.promised = await this.writes.write(async (tx) => {',
    to: 'this.promised = await this.context.store.write(async (tx) => {',
    corpus: 'report-to-an-earlier-node',
  },
  {
    name: 'records a restart that was agreed on with a node before',
    file: `${channel}/gateway-connection.js`,
    from: 'this.writes.write((tx) => setRestarting',
    to: 'this.context.store.write((tx) => setRestarting',
    corpus: 'restart-told-to-an-earlier-node',
  },
  {
    name: 'promises for a gateway that another node has',
    file: `${channel}/gateway-connection.js`,
    from: 'this.writes.write((tx) => promiseSynchronization',
    to: 'this.context.store.write((tx) => promiseSynchronization',
    corpus: 'promise-of-an-earlier-node',
  },
  {
    name: "ends the row of another node's connection",
    file: `${gateways}/presence.js`,
    from: "const changed = await (epoch === undefined ? own : own.where('owner_epoch', '=', epoch))",
    to: "const changed = await tx.updateTable('device').set({ node: null, last_seen_at: at }).where('serial', '=', serial)",
    seed: 490179727,
  },
  {
    name: 'takes it that nobody holds a gateway at the first word of the bus',
    file: 'server/dist/bus/nats.js',
    from: 'timeoutMs - left < patienceMs',
    to: 'false',
    seed: 490179727,
  },
  {
    name: 'takes it that nobody holds a gateway while it is cut off from the bus',
    file: 'server/dist/bus/nats.js',
    from: "? { is: 'silent' }",
    to: "? { is: 'nobody' }",
    seed: 3167283105,
  },
  {
    name: 'answers another node for a connection that is not the last one of its gateway',
    file: 'server/dist/bus/nats.js',
    from: 'if (isReplaced(serial, message.epoch))',
    to: 'if (false)',
    corpus: 'asked-of-an-earlier-connection',
  },
  {
    name: 'answers itself for a connection that is not the last one of its gateway',
    file: 'server/dist/bus/nats.js',
    from: 'served.has(serial) && !isReplaced(serial, epoch)',
    to: 'served.has(serial)',
    seed: 2776932069,
  },
  {
    name: 'gives up a node that has said meanwhile that it runs',
    file: `${gateways}/nodes.js`,
    from: ".where('seen_at', '=', seenAt)",
    to: '',
    seed: 1044003700,
  },
  {
    name: 'gives up a node that was silent for one beat',
    file: `${channel}/node-watch.js`,
    from: 'now - last.since >= deadMs',
    to: 'now - last.since >= 4000',
    seed: 4273681147,
  },
  {
    name: 'gives up no node',
    file: `${channel}/node-watch.js`,
    from: 'now - last.since >= deadMs',
    to: 'false',
    seed: 4273681147,
  },
  {
    name: 'gives up a node and leaves its gateways on line',
    file: `${gateways}/nodes.js`,
    from: 'return setAllOffline(tx, { node: id',
    to: "return setAllOffline(tx, { node: ''",
    seed: 1488104769,
  },
]
