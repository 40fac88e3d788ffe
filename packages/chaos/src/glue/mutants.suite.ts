/** One line of the built server or agent, wrong on purpose. They exist in the memory of a test's thread only. */
export interface GlueMutant {
  readonly name: string
  /** Below `packages/`, as it was built. */
  readonly file: string
  /** There exactly once. */
  readonly from: string
  readonly to: string
  /** The schedule that caught it last, which is tried first: of another list of actions it is any seed. */
  readonly seed?: number
  /** The entry of the corpus that catches it. */
  readonly corpus?: string
  /** Why nothing here catches it, and the mutant of the same mistake that directed tests catch (`test/mutation`). */
  readonly survives?: string
  readonly instead?: string
}

const channel = 'server/dist/channel'

export const glueMutants: readonly GlueMutant[] = [
  {
    name: 'gives a change up and leaves the gateway on line',
    file: `${channel}/request-ports.js`,
    from: 'if (move.moved && offline)',
    to: 'if (false)',
    seed: 3750585991,
  },
  {
    name: 'records a password as held whoever decided',
    file: `${channel}/journal.js`,
    from: "if (moved && outcome === 'succeeded')",
    to: "if (outcome === 'succeeded')",
    seed: 265427985,
  },
  {
    name: 'fails a change and leaves the gateway on line',
    file: `${channel}/journal.js`,
    from: 'if (moved && offline)',
    to: 'if (false)',
    seed: 3750585991,
  },
  {
    name: 'fails a change a gateway reports and leaves the gateway on line',
    file: `${channel}/journal.js`,
    from: 'if (moved)\n',
    to: 'if (false)\n',
    corpus: 'row-of-a-dead-node-in-the-glue',
  },
  {
    name: "takes any entry of the journal for this gateway's",
    file: `${channel}/journal.js`,
    from: 'if (found?.serial !== serial)',
    to: 'if (found === undefined)',
    instead: 'channel/any-entry-of-the-journal',
    survives:
      "The other gateway's change has to be open at the very moment the copied record is reported; journal.test.ts shows it.",
  },
  {
    name: 'connects whatever ticket is the newest',
    file: `${channel}/record-connected.js`,
    from: 'if (!(await confirmTicket(tx, serial, hashOfTicket(ticket))))',
    to: 'if (!((await confirmTicket(tx, serial, hashOfTicket(ticket))) || true))',
    instead: 'store/confirm-any-ticket',
    survives:
      'The epoch that a recorded connection raises keeps the one it replaces from acting, whichever ticket is newer.',
  },
  {
    name: 'connects without comparing which change succeeded last',
    file: `${channel}/record-connected.js`,
    from: 'if (!isLast || away === undefined)',
    to: 'if (false)',
    instead: 'channel/connected-without-comparing',
    survives:
      'That a connection waits for its decisions guards the same, so both have to go; order.test.ts and the machines show it.',
  },
  {
    name: 'leaves undecided changes open when a gateway connects',
    file: `${channel}/record-connected.js`,
    from: 'failChangesOf(tx, serial, at),',
    to: '',
    instead: 'channel/open-changes-stay-open',
    survives: 'Look and sweep fail them a little later, before anybody relies on them.',
  },
  {
    name: 'goes on with the generations of its own row',
    file: `${channel}/gateway-connection.js`,
    from: 'Math.max(password.generation, admitted.passwordGeneration, floor)',
    to: 'admitted.passwordGeneration',
    instead: 'channel/reported-generation-ignored',
    survives: 'The gateway refuses a generation that is too low: a change fails that could have succeeded.',
  },
  {
    name: 'does not wait for its own writes before the gateway is off line',
    file: `${channel}/gateway-connection.js`,
    from: 'await Promise.all([this.writes.settled(), this.turns.decided()]);',
    to: 'await this.turns.decided();',
    instead: 'channel/off-line-before-writes',
    survives:
      'The row may say connected without a connection, until the next sweep: nothing the judge holds against S1 to S5.',
  },
  {
    name: 'does not wait for a decision before the gateway is off line',
    file: `${channel}/gateway-connection.js`,
    from: 'await Promise.all([this.writes.settled(), this.turns.decided()]);',
    to: 'await this.writes.settled();',
    instead: 'channel/off-line-before-decision',
    survives: 'Comparing the last change when it connects guards the same, so both have to go; order.test.ts shows it.',
  },
  {
    name: 'does not wait until an older connection is over',
    file: `${channel}/older-connections.js`,
    from: 'await older.end(',
    to: 'held.delete(serial), older.end(',
    instead: 'channel/older-connection-not-awaited',
    survives: 'Comparing the last change and the ticket when it connects guards the same.',
  },
  {
    name: 'answers a change it gave up as failed, whatever the journal says',
    file: `${channel}/request-ports.js`,
    from: "outcome: decided ?? 'failed' }",
    to: "outcome: 'failed' }",
    seed: 2531702325,
  },
  {
    name: 'decides what it wanted, whatever the journal says',
    file: `${channel}/journal.js`,
    from: "return decided ?? 'failed';",
    to: 'return outcome;',
    instead: 'channel/decided-as-wanted',
    survives: 'Who asked has given up by then and reads the journal itself; the answer of the holder comes too late.',
  },
  {
    name: 'sweeps changes that somebody attends to',
    file: `${channel}/sweep.js`,
    from: 'new Set([...held.values()].flatMap((gateway) => gateway.attended() ?? []))',
    to: 'new Set()',
    seed: 605907075,
  },
  {
    name: 'leaves gateways on line that its node held before',
    file: `${channel}/channel.js`,
    from: 'offline: await setAllOffline(tx, { node: nodeId, at, reason: endings.serverRestarted }),',
    to: 'offline: 0,',
    seed: 4230926291,
  },
  {
    name: 'writes the vault and does not wait for it',
    file: 'agent/dist/admin-password-ports.js',
    from: 'await vault.replace(hash ?? undefined);',
    to: 'void vault.replace(hash ?? undefined);',
    seed: 3750585991,
  },
  {
    name: 'stores a ticket and does not wait for it',
    file: 'agent/dist/connection-session.js',
    from: 'await context.identity.storeTicket(',
    to: 'void context.identity.storeTicket(',
    seed: 3750585991,
  },
  {
    name: 'obeys a connection that is over',
    file: 'agent/dist/admin-password.js',
    from: 'if (link.isCurrent())\n                    await work(order, link);',
    to: 'await work(order, link);',
    instead: 'agent/orders-of-an-ended-connection',
    survives: 'What it does is settled on the next connection, as after a crash; its acknowledgement is not sent.',
  },
  {
    name: 'trusts what a cut write left readable',
    file: 'agent/dist/admin-password-ports.js',
    from: 'await vault.settle();',
    to: '',
    instead: 'agent/vault-not-settled',
    survives:
      'The same window as of the keys, but of a vault: it needs a kill inside a write, a success, and a power cut in between.',
  },
  {
    name: 'asks how often a gateway comes before it has proved itself',
    file: `${channel}/handshake.js`,
    from: "mode === 'resume' && isItself && !host.mayCome(serial)",
    to: "mode === 'resume' && !host.mayCome(serial)",
    instead: 'channel/may-come-before-the-proof',
    survives: 'The world has no outsider who comes in the name of a gateway.',
  },
  {
    name: 'enrols with a key that was replaced meanwhile',
    file: `${channel}/handshake.js`,
    from: 'knows && gateway?.enrolmentKeySealed === found?.enrolmentKeySealed',
    to: 'knows',
    instead: 'channel/enrolment-key-replaced-meanwhile',
    survives: 'The key has to be replaced between two steps of the first enrolment; 600 schedules do not meet it.',
  },
  {
    name: 'uses keys that a write which failed left readable',
    file: 'agent/dist/connection-identity.js',
    from: 'await disk.settle(files.identity);',
    to: '',
    corpus: 'keys-not-durable',
  },
  {
    name: 'writes the record and does not wait for it',
    file: 'agent/dist/admin-password-ports.js',
    from: 'await writePasswordRecord(disk, record);',
    to: 'void writePasswordRecord(disk, record);',
    seed: 2263007794,
  },
  {
    name: 'moves a journal entry on that was decided',
    file: 'server/dist/store/gateways/password-changes.js',
    from: ".where('id', '=', given.id)\n    .where('outcome', '=', 'requested')\n    .returning('id')",
    to: ".where('id', '=', given.id)\n    .returning('id')",
    seed: 2531702325,
  },
  {
    name: 'compares with nothing when a gateway reports',
    file: `${channel}/journal.js`,
    from: 'held?.sealKey !== sealKey || held.deposit === undefined',
    to: 'true',
    instead: 'channel/compared-with-nothing',
    survives:
      'The judge lets the row of a box alone whose disk was rolled back; directed tests of the channel catch it.',
  },
  {
    name: 'keeps no deposit',
    file: `${channel}/journal.js`,
    from: '...(deposit === undefined ? {} : { deposit }),',
    to: '',
    instead: 'channel/deposit-lost',
    survives:
      'The judge lets the row of a box alone whose disk was rolled back; directed tests of the channel catch it.',
  },
  {
    name: "takes a holder's silence for a success",
    file: `${channel}/request-ports.js`,
    from: 'changedSchema))?.outcome',
    to: "changedSchema))?.outcome ?? 'accepted'",
    seed: 3750585991,
  },
  {
    name: 'acknowledges before the holder has journalled',
    file: `${channel}/turns-ports.js`,
    from: 'const decided = await (trace === undefined ? decide() : trace.place(decide));',
    to: 'void decide(); const decided = outcome;',
    seed: 3750585991,
  },
]
