import type { MutatedFile } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/server/src/channel'
const journal = [`${at}/journal.test.ts`, `${at}/decide-change.test.ts`]
const turns = [`${at}/password-turns.test.ts`]
const request = [`${at}/request-ports.test.ts`]
const handshake = ['test/channel/admission.test.ts']

export const channelPasswords: readonly MutatedFile[] = [
  {
    file: 'request-ports.ts',
    tests: request,
    changes: [
      {
        name: 'sealed-password-left',
        breaks: 'The password is in memory for as long as its gateway works on it.',
        find: 'password.wipe()',
        replace: '',
      },
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
        find: 'sealPassword(sealKey, password, { serial, changeId, generation }, random)',
        replace: 'sealPassword(sealKey, password, { serial, changeId, generation: generation - 1 }, random)',
        tests: [channelTests.password],
      },
      {
        name: 'holder-silent-is-refused',
        breaks: 'A call fails at once although the holder is about to answer.',
        find: 'ask(message, waitMs, changedSchema)',
        replace: 'ask(message, timeoutMs - limits.replyMs, changedSchema)',
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
        find: 'if (moved && offline) await takeOffline(tx, serial, { at, reason: endings.passwordNotProved })',
        replace: '',
      },
      {
        name: 'left-undecided-stays-on-line',
        breaks: 'A node died with a change: the row still says that the gateway is connected.',
        find: 'if (moved) await takeOffline',
        replace: "if (moved && serial === '') await takeOffline",
      },
      {
        name: 'taken-back-is-adopted',
        breaks: 'What the operator has taken back is learnt again from the gateway.',
        find: "takenBack === holds ? 'taken-back' : await",
        replace: 'await',
        tests: ['test/channel/restored.test.ts'],
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
        find: 'return lastOf(await findPasswords(tx, serial), sealKey).last?.changeId === last?.changeId',
        replace:
          "return serial !== '' || lastOf(await findPasswords(tx, serial), sealKey).last?.changeId === last?.changeId",
      },
      {
        name: 'adopted-without-comparing',
        breaks: 'A store that was rolled back takes a reported password for the last one, over a newer success.',
        find: 'if (!(await isStillLast(tx, { serial, sealKey, last }))) return { done: false, last }',
        replace: '',
      },
      {
        name: 'decided-as-wanted',
        breaks: 'A proof that comes after the failure was answered is acknowledged as a success.',
        find: "return decided ?? 'failed'",
        replace: 'return outcome',
      },
      {
        name: 'compared-with-nothing',
        breaks: 'A gateway whose disk was rolled back is connected with its old password.',
        find: 'held?.sealKey !== sealKey || held.deposit === undefined',
        replace: "held?.deposit === undefined || sealKey !== ''",
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
    file: 'password-turns.ts',
    tests: turns,
    changes: [
      {
        name: 'late-deposit-of-another',
        breaks: 'The deposit of one change is kept for the next.',
        find: 'callers.deposit = undefined\n      }',
        replace: '}',
        tests: [`${at}/turn-deposits.test.ts`],
      },
      {
        name: 'change-twice',
        breaks: 'A message that came twice answers for both, and one call hears of the other.',
        find: 'if (callers.changing.has(changeId)) {',
        replace: 'if (callers.changing.has(changeId) && changeId === "") {',
        tests: [`${at}/turn-deposits.test.ts`],
      },
      {
        name: 'lease-not-cancelled',
        breaks: 'A turn that is being used lapses.',
        find: 'callers.cancelLease()\n        callers.cancelDeadline',
        replace: 'callers.cancelDeadline',
      },
      {
        name: 'no-deadline',
        breaks: 'A gateway that never proves a change keeps the call for ever.',
        find: "callers.cancelDeadline = timers.after(timeoutMs, () => this.input({ is: 'deadline', changeId }))",
        replace: 'void timeoutMs',
      },
      {
        name: 'generations-forgotten-between-changes',
        breaks: 'A change is given a generation that the change before it has used.',
        find: 'this.resting = driven.state',
        replace: 'void driven.state',
      },
      {
        name: 'turn-forgotten',
        breaks: 'A change that was given its turn is told that the turn lapsed.',
        find: 'turn !== undefined || waiting.length > 0',
        replace: 'waiting.length > 0',
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
        find: "await context.close('A password",
        replace: "void context.close('A password",
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
        find: 'await recordRestore(context, { serial, changeId, ordered })',
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
]
