import { folder } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/server/src/channel'
const journal = [`${at}/journal.test.ts`, `${at}/decide-change.test.ts`]
const held = [`${at}/held-gateway.test.ts`]
const turns = [`${at}/password-turns.test.ts`]
const request = [`${at}/request-ports.test.ts`]
const handshake = ['test/channel/admission.test.ts']

/** What connects the machines of the protocol with the store, the bus and the gateways. */
export const channel = folder('channel', 0.9, at, [
  {
    file: 'request-ports.ts',
    tests: request,
    changes: [
      {
        name: 'give-up-leaves-on-line',
        breaks: 'A call has failed, the gateway is shown as connected and holds the new password.',
        find: 'if (move.moved && offline) await takeOffline',
        replace: 'if (move.moved && offline && serial === "") await takeOffline',
      },
      {
        name: 'give-up-of-a-success',
        breaks: 'A gateway whose change succeeded is taken off line.',
        find: 'if (move.moved && offline) await takeOffline',
        replace: 'if (offline) await takeOffline',
      },
      {
        name: 'lapsed-takes-off-line',
        breaks: 'A gateway that was told nothing is taken off line.',
        find: 'if (move.moved && offline) await takeOffline',
        replace: 'if (move.moved) await takeOffline',
      },
      {
        name: 'holder-not-asked-to-step-down',
        breaks: 'A gateway that may hold what it must not keeps its connection.',
        find: 'if (moved && offline) ask(',
        replace: 'if (moved && offline && serial === "") ask(',
      },
      {
        name: 'decided-elsewhere-is-failed',
        breaks: 'A change that succeeded is answered as failed.',
        find: "outcome: decided ?? 'failed'",
        replace: "outcome: moved ? (decided ?? 'failed') : 'failed'",
      },
      {
        name: 'handed-before-journal',
        breaks: 'A gateway is told of a change that no journal knows.',
        find: 'await store.write((tx) => journalPasswordChange(tx, entry))',
        replace: 'void store.write((tx) => journalPasswordChange(tx, entry)).catch(() => {})',
      },
      {
        name: 'sealed-to-another-generation',
        breaks: 'A sealed password opens for another change.',
        find: 'sealPassword(sealKey, password, { serial, changeId, generation })',
        replace: 'sealPassword(sealKey, password, { serial, changeId, generation: generation - 1 })',
        tests: [channelTests.password],
      },
      {
        name: 'holder-silent-is-refused',
        breaks: 'A call fails at once although the holder is about to answer.',
        find: 'ask(message, deadlineMs + answerMs, changedSchema)',
        replace: 'ask(message, deadlineMs - answerMs, changedSchema)',
      },
      {
        name: 'undecided-not-asked-again',
        breaks: 'A call whose decision could not be journalled is answered all the same.',
        find: "case 'give-up':\n    case 'give-up-again':\n      return { is: 'undecided' }",
        replace: "case 'give-up':\n    case 'give-up-again':\n      return { is: 'decided', outcome: 'failed' }",
      },
    ],
  },
  {
    file: 'journal.ts',
    tests: journal,
    changes: [
      {
        name: 'held-although-failed',
        breaks: 'A password whose call was answered as failed is recorded as held.',
        find: "if (moved && outcome === 'succeeded')",
        replace: "if (outcome === 'succeeded')",
      },
      {
        name: 'failed-is-held',
        breaks: 'A password that a gateway refused is recorded as held.',
        find: "if (moved && outcome === 'succeeded')",
        replace: 'if (moved)',
      },
      {
        name: 'any-entry-of-the-journal',
        breaks: 'A gateway reports the change of another and is told of its outcome.',
        find: 'found?.serial !== serial',
        replace: 'found === undefined',
      },
      {
        name: 'unproved-stays-on-line',
        breaks: 'A change has failed, the gateway is shown as connected and may hold the new password.',
        find: "if (moved && offline) await takeOffline(tx, serial, { at, reason: 'A password change was not proved.' })",
        replace: '',
      },
      {
        name: 'left-undecided-stays-on-line',
        breaks: 'A node died with a change: the row still says that the gateway is connected.',
        find: 'if (moved) await takeOffline',
        replace: "if (moved && serial === '') await takeOffline",
      },
      {
        name: 'last-change-of-another-box',
        breaks: 'A box that took the place of another is told to restore what it never held.',
        find: 'held?.sealKey !== sealKey || held.deposit === undefined',
        replace: 'held?.deposit === undefined',
      },
      {
        name: 'not-compared-again',
        breaks: 'A decision commits between the look and the connection: connected, with the old password.',
        find: '(await lastOf(tx, serial, sealKey)).last?.changeId === last?.changeId',
        replace: "serial !== '' || (await lastOf(tx, serial, sealKey)).last?.changeId === last?.changeId",
      },
      {
        name: 'deposit-lost',
        breaks: 'A gateway whose disk was rolled back cannot be given its password again.',
        find: '...(deposit === undefined ? {} : { deposit }),',
        replace: '...(deposit === undefined ? {} : {}),',
        tests: [...journal, channelTests.password],
      },
    ],
  },
  {
    file: 'held-gateway.ts',
    tests: held,
    changes: [
      {
        name: 'any-ticket-connects',
        breaks: 'Of two copies that connect at once both are served.',
        find: 'if (!(await confirmTicket(tx, serial, hashOfTicket(ticket)))) return undefined',
        replace: 'await confirmTicket(tx, serial, hashOfTicket(ticket))',
      },
      {
        name: 'open-changes-stay-open',
        breaks: 'A change of an older connection succeeds after the gateway was settled without it.',
        find: 'await failChangesOf(tx, serial, at)',
        replace: '',
      },
      {
        name: 'reported-generation-ignored',
        breaks: 'A change is given a generation the gateway has used, and is refused.',
        find: 'Math.max(password.generation, passwordGeneration)',
        replace: 'passwordGeneration',
      },
      {
        name: 'stored-generation-ignored',
        breaks: 'A change is given a generation that was used before the disk was rolled back.',
        find: 'Math.max(password.generation, passwordGeneration)',
        replace: 'password.generation',
      },
      {
        name: 'later-generation-ignored',
        breaks: 'A change is given a generation the gateway has said is used.',
        find: 'turns.raiseGeneration(message.password.generation)',
        replace: '',
      },
      {
        name: 'off-line-before-writes',
        breaks: 'A write that was begun before overtakes the gateway being off line.',
        find: 'await Promise.all([written, turns.decided()])',
        replace: 'await turns.decided()',
      },
      {
        name: 'off-line-before-decision',
        breaks: 'The next connection begins while a decision of this one is under way.',
        find: 'await Promise.all([written, turns.decided()])',
        replace: 'await written',
        tests: [...held, 'test/channel/order.test.ts'],
      },
      {
        name: 'connected-without-serving',
        breaks: 'The row says that a gateway is connected, and nobody on the bus answers for it.',
        find: 'stopServing = bus.serve(serial, onBus)\n      connected = true\n      const at = wallClock()',
        replace:
          'connected = true\n      const at = wallClock()\n      setImmediate(() => { stopServing = bus.serve(serial, onBus) })',
      },
      {
        name: 'served-after-the-end',
        breaks: 'A connection that has ended still answers on the bus.',
        find: 'stopServing?.()\n    turns.end()',
        replace: 'turns.end()',
      },
      {
        name: 'not-recorded-as-off-line',
        breaks: 'A gateway whose connection ended is shown as connected.',
        find: 'if (connected && !leaving)',
        replace: 'if (connected && leaving)',
        tests: [...held, channelTests.presence],
      },
      {
        name: 'newer-connection-forgotten',
        breaks: 'The end of an older connection makes the node forget the newer one.',
        find: 'if (held.get(serial) === gateway) held.delete(serial)',
        replace: 'held.delete(serial)',
      },
      {
        name: 'ended-connection-connects',
        breaks: 'A gateway whose connection ended meanwhile is recorded as connected.',
        find: 'if (!link.isOpen || held.get(serial) !== gateway) return false',
        replace: '',
      },
      {
        name: 'ended-before-it-was-held',
        breaks: 'A connection that ended while an older one was being replaced is held for ever.',
        find: "if (!link.isOpen) over = finish('The connection ended.')",
        replace: '',
      },
      {
        name: 'synchronised-before-durable',
        breaks: 'A synchronisation that was answered is taken back by a lost connection.',
        find: 'await write((tx) => promiseSynchronization(tx, serial, localRevision))',
        replace: 'void write((tx) => promiseSynchronization(tx, serial, localRevision))',
      },
      {
        name: 'lock-not-told',
        breaks: 'A gateway that is locked serves its console.',
        find: "tellLock(lock === 'locked')",
        replace: 'tellLock(false)',
      },
      {
        name: 'change-of-the-lock-not-told',
        breaks: 'A gateway that was unlocked stays closed until it connects anew.',
        find: 'await Promise.all([push.look(), lookAtLock()])',
        replace: 'await push.look()',
      },
      {
        name: 'restart-before-record',
        breaks: 'A gateway that restarts is shown as connected.',
        find: 'record: () => write((tx) => setRestarting(tx, serial, wallClock())),',
        replace: 'record: async () => void write((tx) => setRestarting(tx, serial, wallClock())),',
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
        name: 'may-come-before-the-proof',
        breaks: 'Anybody keeps a gateway out by coming in its name.',
        find: "mode === 'resume' && isItself && !mayCome(serial)",
        replace: "mode === 'resume' && !mayCome(serial)",
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
        name: 'ticket-not-kept',
        breaks: 'The gateway that was admitted last cannot come again, its copy can.',
        find: 'await saveTickets(tx, serial, ticketsAfterAdmission(admission, hashOfTicket(ticket)))',
        replace: 'void ticket',
        tests: [channelTests.identity],
      },
      {
        name: 'ticket-in-the-clear',
        breaks: 'Who reads the store comes as any gateway.',
        find: 'await saveTickets(tx, serial, ticketsAfterAdmission(admission, hashOfTicket(ticket)))',
        replace: 'await saveTickets(tx, serial, ticketsAfterAdmission(admission, ticket))',
        tests: [channelTests.identity, channelTests.presence],
      },
      {
        name: 'stranger-is-confirmed',
        breaks: 'A configuration is confirmed over the connection of somebody else.',
        find: 'if (!isItself) return turnAway(link, world, proof, address)',
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
  {
    file: 'password-turns.ts',
    tests: turns,
    changes: [
      {
        name: 'late-deposit-of-another',
        breaks: 'The deposit of one change is kept for the next.',
        find: 'callers.deposit = undefined\n        }',
        replace: '}',
        tests: [`${at}/turn-deposits.test.ts`],
      },
      {
        name: 'change-twice',
        breaks: 'A message that came twice answers for both, and one call hears of the other.',
        find: 'if (changing.has(changeId)) {',
        replace: 'if (changing.has(changeId) && changeId === "") {',
        tests: [`${at}/turn-deposits.test.ts`],
      },
      {
        name: 'lease-not-cancelled',
        breaks: 'A turn that is being used lapses.',
        find: 'cancelLease()\n          callers.cancelDeadline',
        replace: 'callers.cancelDeadline',
      },
      {
        name: 'no-deadline',
        breaks: 'A gateway that never proves a change keeps the call for ever.',
        find: "callers.cancelDeadline = timers.after(timeoutMs, () => driven.input({ is: 'deadline', changeId }))",
        replace: 'void timeoutMs',
      },
    ],
  },
  {
    file: 'turns-ports.ts',
    tests: turns,
    changes: [
      {
        name: 'deadline-runs-on',
        breaks: 'A deadline passes for a change that is being decided.',
        find: 'callers.cancelDeadline()\n',
        replace: '',
      },
      {
        name: 'close-not-awaited',
        breaks: 'A call is answered as failed while the gateway still counts as connected.',
        find: "await world.close('A password",
        replace: "void world.close('A password",
      },
      {
        name: 'deposit-not-kept',
        breaks: 'A gateway whose disk was rolled back cannot be given its password again.',
        find: 'generation, outcome, offline, deposit })',
        replace: 'generation, outcome, offline, deposit: deposit && undefined })',
        tests: [`${at}/turn-deposits.test.ts`],
      },
    ],
  },
  {
    file: 'welcome-ports.ts',
    tests: [channelTests.password],
    changes: [
      {
        name: 'restored-without-a-trace',
        breaks: 'Nobody hears that the disk of a gateway was rolled back.',
        find: 'await recordRollBack(world, serial, changeId)',
        replace: '',
      },
      {
        name: 'never-connected',
        breaks: 'A gateway that is not settled sends what it likes.',
        find: 'throw new ProtocolError(`A gateway that is not settled yet sent ${message.kind}.`)',
        replace: "return { is: 'ticket-stored' }",
        tests: handshake,
      },
    ],
  },
  {
    file: 'sweep.ts',
    tests: [`${at}/sweep.test.ts`, channelTests.password, channelTests.limits],
    changes: [
      {
        name: 'new-keys-keep-the-old-connection',
        breaks: 'A box that was made to forget keeps its connection.',
        find: "else if (signKey !== gateway.signKey) await gateway.end('The gateway has to prove itself anew.')",
        replace: '',
        tests: [`${at}/sweep-rows.test.ts`],
      },
      {
        name: 'taken-off-line-stays-connected',
        breaks: 'A gateway another node took off line keeps its connection here.',
        find: "if (signKey === undefined) await gateway.end('Another node took the gateway off line.')",
        replace: 'if (signKey === undefined) continue',
        tests: [`${at}/sweep-rows.test.ts`],
      },
      {
        name: 'back-meanwhile-off-line',
        breaks: 'A gateway that came back meanwhile is shown as off line.',
        find: 'if (!held.has(serial)) await setOffline',
        replace: 'await setOffline',
        tests: [`${at}/sweep-rows.test.ts`],
      },
    ],
  },
  {
    file: 'restarts.ts',
    tests: [channelTests.commands],
    changes: [
      {
        name: 'go-before-record',
        breaks: 'A gateway restarts while it is shown as connected.',
        find: 'await record()\n',
        replace: 'void record()\n',
        tests: [`${at}/restarts.test.ts`],
      },
      {
        name: 'calls-wait-for-ever',
        breaks: 'A call for a gateway that went waits for ever.',
        find: "for (const answer of [...waiting.values()]) answer('unreachable')",
        replace: '',
        tests: [`${at}/restarts.test.ts`],
      },
    ],
  },
  {
    file: 'paced-notes.ts',
    tests: [`${at}/paced-notes.test.ts`],
    changes: [
      {
        name: 'older-note-last',
        breaks: 'An older report is written behind a newer one.',
        find: "while (writing !== undefined) await writing.catch(() => 'told to its own caller')",
        replace: '',
      },
      {
        name: 'written-after-the-end-of-it',
        breaks: 'What a connection reported is written after its successor reported.',
        find: 'if (note === undefined || ended) return',
        replace: 'if (note === undefined) return',
      },
    ],
  },
  {
    file: 'throttle.ts',
    tests: [`${at}/throttle.test.ts`],
    changes: [
      {
        name: 'addresses-without-bound',
        breaks: 'Memory grows with every address that was refused.',
        find: 'if (past > now && paidUntil.size <= mostAddresses) break',
        replace: 'if (past > now) break',
      },
      {
        name: 'one-refusal-more',
        breaks: 'A guesser has one try more than allowed.',
        find: '(allowance - 1) * backMs',
        replace: 'allowance * backMs',
      },
    ],
  },
  {
    file: 'entrance.ts',
    tests: [`${at}/entrance.test.ts`],
    changes: [
      {
        name: 'one-handshake-more',
        breaks: 'More handshakes than allowed are under way.',
        find: 'inside >= atOnce || !pace.take()',
        replace: 'inside > atOnce || !pace.take()',
      },
    ],
  },
  {
    file: 'channel.ts',
    tests: [channelTests.presence],
    changes: [
      {
        name: 'killed-server-leaves-rows',
        breaks: 'After a crash gateways that are away are shown as connected.',
        find: 'await cleanUp(world)\n',
        replace: '',
      },
      {
        name: 'silent-gateway-stays',
        breaks: 'A gateway that has gone without a word is shown as connected.',
        find: "if (open.silentBeats >= settings.silentBeats) open.link.end('Nothing was heard of the gateway.')",
        replace: '',
      },
      {
        name: 'browsers-may-connect',
        breaks: 'A page in a browser behind the firewall opens connections.',
        find: "if (headers.origin !== undefined) return { status: '403 Forbidden' }",
        replace: '',
        tests: [channelTests.wire, ...handshake],
      },
      {
        name: 'silence-counts-as-proof',
        breaks: 'An address opens any number of handshakes and says nothing.',
        find: 'return unproved.of(source) >= settings.mostUnproved ?',
        replace: 'return unproved.of(source) < 0 ?',
        tests: [channelTests.wire],
      },
    ],
  },
  {
    file: 'identity.ts',
    tests: [channelTests.identity, channelTests.presence],
    changes: [
      {
        name: 'new-identity-at-each-start',
        breaks: 'After a restart no gateway believes its server.',
        find: ".onConflict((conflict) => conflict.column('name').doNothing())",
        replace: ".onConflict((conflict) => conflict.column('name').doUpdateSet({ value: fresh }))",
        tests: [channelTests.presence],
      },
    ],
  },
])
