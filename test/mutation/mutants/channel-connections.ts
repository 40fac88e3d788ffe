import type { MutatedFile } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/server/src/channel'
const held = [`${at}/gateway-connection.test.ts`]
const handshake = ['test/channel/admission.test.ts']

export const channelConnections: readonly MutatedFile[] = [
  {
    file: 'node-watch.ts',
    tests: [`${at}/node-watch.test.ts`],
    changes: [
      {
        name: 'dead-by-its-own-clock',
        breaks: 'A node whose clock is an hour late loses all its gateways.',
        find: 'if (last?.seenAt !== node.seenAt)',
        replace: 'if (last?.seenAt !== node.seenAt && node.seenAt > wallClock() - deadMs)',
      },
      {
        name: 'dead-at-the-first-look',
        breaks: 'A node that stood still gives up all others when it goes on.',
        find: 'now - last.since >= deadMs',
        replace: 'now - startedAt >= deadMs',
      },
      {
        name: 'dead-nodes-are-kept',
        breaks: 'The gateways of a node that was killed are shown as connected for ever.',
        find: 'else if (now - last.since >= deadMs) await giveUp(node)',
        replace: '',
      },
      {
        name: 'stopped-nodes-are-kept',
        breaks: 'The table of nodes grows with each node there ever was.',
        find: 'await store.write((tx) => forgetNode(tx, { id: nodeId, startedAt }))',
        replace: 'await Promise.resolve(forgetNode)',
      },
      {
        name: 'both-copies-end',
        breaks: 'A copied node.id ends the node that was there first too.',
        find: 'if (lastStartedAt < startedAt) onCopied',
        replace: 'if (lastStartedAt !== startedAt) onCopied',
      },
      {
        name: 'late-word-is-a-copy',
        breaks: 'A node that is started again after its death ends once more, because of what the dead one wrote last.',
        find: 'words !== 2',
        replace: 'words !== 1',
      },
    ],
  },
  {
    file: 'owned-writes.ts',
    tests: held,
    changes: [
      {
        name: 'report-of-a-replaced-connection',
        breaks: 'A node that was frozen writes what it heard before its gateway went to another one.',
        find: '        await requireOwner(tx, this.serial, epoch)\n',
        replace: '',
      },
    ],
  },
  {
    file: 'journal.ts',
    tests: held,
    changes: [
      {
        name: 'settled-by-a-replaced-connection',
        breaks: 'A node that was frozen settles a password of a gateway that is elsewhere.',
        find: '    await requireOwner(tx, serial, epoch)\n',
        replace: '',
      },
    ],
  },
  {
    file: 'record-connected.ts',
    tests: held,
    changes: [
      {
        name: 'epoch-not-raised',
        breaks: 'Two connections of one gateway have the same epoch, and neither is fenced.',
        find: 'takeOwnership(tx, serial)',
        replace: '1',
      },
    ],
  },
  {
    file: 'gateway-connection.ts',
    tests: held,
    changes: [
      {
        name: 'late-report-unsets-a-password',
        breaks: 'A report from before a change, written after it, says that the gateway has no password.',
        find: 'const isCurrent = this.reportedGeneration >= this.provenGeneration',
        replace: 'const isCurrent = this.reportedGeneration >= 0',
      },
      {
        name: 'reported-generation-ignored',
        breaks: 'A change is given a generation the gateway has used, and is refused.',
        find: 'Math.max(password.generation, admitted.passwordGeneration, floor)',
        replace: 'Math.max(admitted.passwordGeneration, floor)',
      },
      {
        name: 'stored-generation-ignored',
        breaks: 'A change is given a generation that was used before the disk was rolled back.',
        find: 'Math.max(password.generation, admitted.passwordGeneration, floor)',
        replace: 'Math.max(password.generation, floor)',
      },
      {
        name: 'generation-floor-ignored',
        breaks: 'After a restore a generation is used a second time.',
        find: 'Math.max(password.generation, admitted.passwordGeneration, floor)',
        replace: 'Math.max(password.generation, admitted.passwordGeneration)',
        tests: ['test/channel/restored.test.ts'],
      },
      {
        name: 'later-generation-ignored',
        breaks: 'A change is given a generation the gateway has said is used.',
        find: 'this.turns.raiseGeneration(message.password.generation)',
        replace: '',
      },
      {
        name: 'off-line-before-writes',
        breaks: 'A write that was begun before overtakes the gateway being off line.',
        find: 'await Promise.all([writes.settled(), this.turns.decided()])',
        replace: 'await this.turns.decided()',
      },
      {
        name: 'off-line-before-decision',
        breaks: 'The next connection begins while a decision of this one is under way.',
        find: 'await Promise.all([writes.settled(), this.turns.decided()])',
        replace: 'await writes.settled()',
        tests: [...held, 'test/channel/order.test.ts'],
      },
      {
        name: 'connected-without-serving',
        breaks: 'The row says that a gateway is connected, and nobody on the bus answers for it.',
        find: 'this.stopServing = bus.serve(serial, (message) => this.onBus(message), this.writes)\n    this.connected = true',
        replace:
          'this.connected = true\n    setImmediate(() => { this.stopServing = bus.serve(serial, (message) => this.onBus(message), this.writes) })',
      },
      {
        name: 'served-after-the-end',
        breaks: 'A connection that has ended still answers on the bus.',
        find: 'this.stopServing?.()\n    this.turns.end()',
        replace: 'this.turns.end()',
      },
      {
        name: 'off-line-by-a-replaced-connection',
        breaks: 'The end of an older connection records a newer one of the same node as off line.',
        find: 'reason, epoch: writes.epoch() }',
        replace: 'reason, epoch: undefined }',
      },
      {
        name: 'not-recorded-as-off-line',
        breaks: 'A gateway whose connection ended is shown as connected.',
        find: 'if (this.connected && !this.leaving)',
        replace: 'if (this.connected && this.leaving)',
        tests: [...held, channelTests.presence],
      },
      {
        name: 'newer-connection-forgotten',
        breaks: 'The end of an older connection makes the node forget the newer one.',
        find: 'if (this.held.get(serial) === this) this.held.delete(serial)',
        replace: 'this.held.delete(serial)',
      },
      {
        name: 'ended-connection-connects',
        breaks: 'A gateway whose connection ended meanwhile is recorded as connected.',
        find: 'if (!link.isOpen || this.held.get(serial) !== this) return false',
        replace: '',
      },
      {
        name: 'ended-before-it-was-held',
        breaks: 'A connection that ended while an older one was being replaced is held for ever.',
        find: "if (!link.isOpen) gateway.ended('The connection ended.')",
        replace: '',
      },
      {
        name: 'synchronised-before-durable',
        breaks: 'A synchronisation that was answered is taken back by a lost connection.',
        find: 'await this.writes.write((tx) => promiseSynchronization(tx, this.serial, this.localRevision))',
        replace: 'void this.writes.write((tx) => promiseSynchronization(tx, this.serial, this.localRevision))',
      },
      {
        name: 'lock-not-told',
        breaks: 'A gateway that is locked serves its console.',
        find: "this.tellLock(lock === 'locked')",
        replace: 'this.tellLock(false)',
      },
      {
        name: 'change-of-the-lock-not-told',
        breaks: 'A gateway that was unlocked stays closed until it connects anew.',
        find: 'Promise.all([this.push.look(), this.lookAtLock()]).then(() => ({}))',
        replace: 'this.push.look().then(() => ({}))',
      },
      {
        name: 'restart-before-record',
        breaks: 'A gateway that restarts is shown as connected.',
        find: 'recordRestart: () => this.writes.write((tx) => setRestarting(tx, serial, context.wallClock())),',
        replace:
          'recordRestart: async () => void this.writes.write((tx) => setRestarting(tx, serial, context.wallClock())),',
      },
    ],
  },
  {
    file: 'record-connected.ts',
    tests: held,
    changes: [
      {
        name: 'any-ticket-connects',
        breaks: 'Of two copies that connect at once both are served.',
        find: 'if (!(await confirmTicket(tx, serial, hashOfTicket(ticket)))) return undefined',
        replace: 'await confirmTicket(tx, serial, hashOfTicket(ticket))',
      },
      {
        name: 'connected-without-comparing',
        breaks: 'A decision commits between the look and the connection: connected, with the old password.',
        find: '!isLast || ',
        replace: '',
        tests: ['test/channel/order.test.ts'],
      },
      {
        name: 'open-changes-stay-open',
        breaks: 'A change of an older connection succeeds after the gateway was settled without it.',
        find: 'failChangesOf(tx, serial, at),',
        replace: '',
      },
    ],
  },
  {
    file: 'older-connections.ts',
    tests: [`${at}/older-connections.test.ts`],
    changes: [
      {
        name: 'older-connection-not-awaited',
        breaks: 'A gateway is settled while a change of its older connection goes on.',
        find: "await older.end('The gateway has connected anew.')",
        replace: "void older.end('The gateway has connected anew.')\n    break",
      },
      {
        name: 'other-node-not-awaited',
        breaks: 'A gateway is settled while another node still serves it.',
        find: 'otherNode !== undefined && !(await stepDown(bus, serial))',
        replace: 'otherNode !== undefined && !stepDown(bus, serial)',
      },
      {
        name: 'dead-node-keeps-gateway-out',
        breaks: 'A gateway whose node died can connect nowhere.',
        find: 'if (!(error instanceof NoResponder || error instanceof NoReply)) throw error',
        replace: 'throw error',
      },
    ],
  },
  {
    file: 'handshake.ts',
    tests: handshake,
    changes: [
      {
        name: 'not-offered-to-new-network',
        breaks: 'A gateway that carries packets from now on has no network until its instance is changed.',
        find: 'if (decided.changesConfig) await takeCapabilities',
        replace: 'if (false) await takeCapabilities',
        tests: ['test/channel/configuration.test.ts'],
      },
      {
        name: 'expired-key-enrols',
        breaks: 'A key to enrol anew with counts for ever.',
        find: 'found === undefined || found.until <= wallClock()',
        replace: 'found === undefined',
        tests: ['test/channel/reenrolment.test.ts'],
      },
      {
        name: 'offer-serves-again',
        breaks: 'A key to enrol anew with makes any number of boxes the gateway.',
        find: 'if (offer !== undefined) await useOffered(',
        replace: 'if (false) await useOffered(',
        tests: ['test/channel/reenrolment.test.ts'],
      },
      {
        name: 'may-come-before-the-proof',
        breaks: 'Anybody keeps a gateway out by coming in its name.',
        find: "mode === 'resume' && isItself && !host.mayCome(serial)",
        replace: "mode === 'resume' && !host.mayCome(serial)",
      },
      {
        name: 'enrolment-key-replaced-meanwhile',
        breaks: 'A box enrols with a key that was replaced a moment before.',
        find: 'knows && gateway?.enrolmentKeySealed === found?.enrolmentKeySealed',
        replace: 'knows',
      },
      {
        name: 'unsigned-is-itself',
        breaks: 'Who copies the keys of a gateway out of a proof is taken for it.',
        find: 'found !== undefined && proof.signed && hasKeys',
        replace: 'found !== undefined && hasKeys',
      },
      {
        name: 'given-up-is-admitted',
        breaks: 'Work that nobody waits for any more keeps others waiting until they give up too.',
        find: '    requireOpen()\n',
        replace: '',
        tests: [channelTests.limits],
      },
      {
        name: 'ticket-not-kept',
        breaks: 'The gateway that was admitted last cannot come again, its copy can.',
        find: 'saveTickets(tx, serial, ticketsAfterAdmission(admission, hashOfTicket(ticket)))',
        replace: 'void ticket',
        tests: [channelTests.identity],
      },
      {
        name: 'ticket-in-the-clear',
        breaks: 'Who reads the store comes as any gateway.',
        find: 'saveTickets(tx, serial, ticketsAfterAdmission(admission, hashOfTicket(ticket)))',
        replace: 'saveTickets(tx, serial, ticketsAfterAdmission(admission, ticket))',
        tests: [channelTests.identity, channelTests.presence],
      },
      {
        name: 'stranger-is-confirmed',
        breaks: 'A configuration is confirmed over the connection of somebody else.',
        find: 'if (!isItself) return turnAway(link, context, proof, address)',
        replace: '',
        tests: handshake,
      },
      {
        name: 'copy-leaves-no-event',
        breaks: 'Nobody hears of a second box with the identity of a gateway.',
        find: 'if (admission.hacked) await recordEventSometimes',
        replace: "if (admission.hacked && serial === '') await recordEventSometimes",
        tests: [channelTests.identity],
      },
    ],
  },
]
