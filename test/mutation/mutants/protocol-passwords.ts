import type { MutatedFile } from '../mutant.ts'

const at = 'packages/protocol/src'
const gateway = [`${at}/password/gateway-machine.test.ts`, `${at}/password/random-faults.test.ts`]
const work = [`${at}/password/gateway-executor.test.ts`, `${at}/password/random-faults.test.ts`]
const request = [`${at}/password/request-machine.test.ts`]
const server = [`${at}/password/server-machine.test.ts`, `${at}/password/random-faults.test.ts`]
const machine = [`${at}/password/turns-machine.test.ts`]
const welcome = [`${at}/password/welcome-machine.test.ts`]
const config = [`${at}/config/gateway-machine.test.ts`]

export const protocolPasswords: readonly MutatedFile[] = [
  {
    file: 'password/gateway-machine.ts',
    tests: gateway,
    changes: [
      {
        name: 'used-generation-accepted',
        breaks: 'A message that comes again sets an old password.',
        find: 'generation <= record.generation',
        replace: 'generation < record.generation',
      },
      {
        name: 'restored-below-what-it-holds',
        breaks: 'A server that was rolled back takes a settled password back.',
        find: '!ordered && generation < (record.holdsGeneration ?? 0)',
        replace: '!ordered && generation < 0 * (record.holdsGeneration ?? 0)',
      },
      {
        name: 'vault-before-record',
        breaks: 'A power cut leaves a new password of which the gateway knows nothing.',
        find: "{ do: 'write-record', record: { ...record, generation, unsettled } },\n    { do: 'write-vault', hash },",
        replace:
          "{ do: 'write-vault', hash },\n    { do: 'write-record', record: { ...record, generation, unsettled } },",
      },
      {
        name: 'acknowledged-before-written',
        breaks: 'The server is told of a password that is not in force.',
        find: "{ do: 'write-vault', hash },\n    { do: 'end-sessions' },\n    { do: 'acknowledge', changeId, generation, hash },\n  ]",
        replace:
          "{ do: 'acknowledge', changeId, generation, hash },\n    { do: 'write-vault', hash },\n    { do: 'end-sessions' },\n  ]",
      },
      {
        name: 'sessions-go-on',
        breaks: 'Who was logged on with the old password stays so.',
        find: "{ do: 'write-vault', hash },\n    { do: 'end-sessions' },\n    { do: 'acknowledge'",
        replace: "{ do: 'write-vault', hash },\n    { do: 'acknowledge'",
      },
      {
        name: 'verdict-on-another-change',
        breaks: 'The verdict on an older change takes the present one back.',
        find: 'if (unsettled?.changeId !== changeId) return []',
        replace: 'if (unsettled === null) return []',
      },
      {
        name: 'person-overruled',
        breaks: 'What a person set at the gateway is replaced by the verdict on an older change.',
        find: 'return unsettled.overruled ? [forget(record)] : goBack(record, unsettled)',
        replace: 'return goBack(record, unsettled)',
      },
      {
        name: 'restored-over-something-else',
        breaks: 'A gateway that holds something newer is set back.',
        find: 'if (record.holds !== over) return []',
        replace: '',
      },
      {
        name: 'refused-generation-unused',
        breaks: 'A change that was answered as refused is taken when it comes again.',
        find: "generation > record.generation ? [{ do: 'write-record', record: { ...record, generation } }] : []",
        replace: "generation < 0 ? [{ do: 'write-record', record: { ...record, generation } }] : []",
      },
      {
        name: 'first-visit-inside-a-change',
        breaks: 'A visitor sets the first password while the server sets one.',
        find: 'vault !== null || (record.unsettled !== null && !record.unsettled.overruled)',
        replace: 'vault !== null',
      },
    ],
  },
  {
    file: 'password/gateway-executor.ts',
    tests: work,
    changes: [
      {
        name: 'ended-connection-sets',
        breaks: 'A change that was given up meanwhile is put in force.',
        find: "order.is !== 'set' || !input.current",
        replace: "order.is !== 'set'",
      },
      {
        name: 'failed-write-goes-on',
        breaks: 'A gateway whose disk failed says that it holds what it may not hold.',
        find: "state.is !== 'working' || state.stage !== 'apply' || state.order.is !== 'set'",
        replace: "state.is !== 'working' || state.order.is !== 'set'",
      },
      {
        name: 'crash-not-repaired',
        breaks: 'What a crash left half done stays so.',
        find: "stage: 'repair', rest: decide(facts, { is: 'started' }) }",
        replace: "stage: 'repair', rest: [] }",
      },
    ],
  },
  {
    file: 'password/request-machine.ts',
    tests: request,
    changes: [
      {
        name: 'failure-without-journal',
        breaks: 'A call is answered as failed although the journal may say that it succeeded.',
        find: "if (input.is === 'undecided') return { state, effects: [{ do: 'give-up-again', offline: !state.lapsed }] }",
        replace: "if (input.is === 'undecided') return answer('unreachable')",
      },
      {
        name: 'unknown-is-on-line',
        breaks: 'A gateway that may hold the new password stays connected.',
        find: "effects: [{ do: 'give-up', offline: !lapsed }]",
        replace: "effects: [{ do: 'give-up', offline: lapsed }]",
      },
      {
        name: 'success-is-unreachable',
        breaks: 'A call whose journal says that it succeeded is answered as failed.',
        find: "if (decided === 'succeeded') return 'accepted'",
        replace: '',
      },
    ],
  },
  {
    file: 'password/server-machine.ts',
    tests: server,
    changes: [
      {
        name: 'late-proof-counts',
        breaks: 'A proof after the deadline turns a failed change into one that succeeded.',
        find: "if (state.is !== 'waiting') return stay(state)",
        replace: "if (state.is !== 'waiting' && input.is !== 'ack') return stay(state)",
      },
      {
        name: 'lost-stays-on-line',
        breaks: 'A change is failed without taking the row of its gateway off line.',
        find: "wanted === 'late' || wanted === 'lost'",
        replace: "wanted === 'late'",
      },
      {
        name: 'answered-before-closed',
        breaks: 'A call is answered as failed while the gateway counts as connected.',
        find: "return [{ do: 'close' }, { do: 'answer', outcome: 'unreachable' }]",
        replace: "return [{ do: 'answer', outcome: 'unreachable' }, { do: 'close' }]",
      },
      {
        name: 'verdict-of-the-unknown',
        breaks: 'A change nobody knows of is confirmed.',
        find: "return outcome === 'succeeded' ? 'confirm' : 'revert'",
        replace: "return outcome === 'failed' ? 'revert' : 'confirm'",
      },
    ],
  },
  {
    file: 'password/turns-machine.ts',
    tests: machine,
    changes: [
      {
        name: 'asked-twice-has-two-turns',
        breaks: 'A change that is asked for again takes a second turn, which keeps the next change waiting.',
        find: 'if (state.waiting.includes(changeId)) return stay(state)',
        replace: '',
      },
      {
        name: 'next-change-before-closed',
        breaks: 'A gateway that may hold what it must not is told of the next change.',
        find: "step.state.is === 'decided' && !effects.some((effect) => effect.do === 'close')",
        replace: "step.state.is === 'decided'",
        tests: machine,
      },
      {
        name: 'turns-before-start',
        breaks: 'A change begins before the gateway is settled.',
        find: "state.is !== 'open' || state.turn !== undefined",
        replace: "state.is === 'ended' || state.turn !== undefined",
        tests: machine,
      },
      {
        name: 'waiting-without-bound',
        breaks: 'Any number of calls wait for one gateway.',
        find: 'state.waiting.length >= mostWaiting',
        replace: 'state.waiting.length >= mostWaiting * 1000',
        tests: machine,
      },
      {
        name: 'used-turn-lapses',
        breaks: 'A turn that is being used is given to the next.',
        find: "state.turn?.changeId === input.changeId && state.turn.change.is === 'new'",
        replace: 'state.turn?.changeId === input.changeId',
        tests: machine,
      },
      {
        name: 'undecided-is-answered',
        breaks: 'A change whose journal could not be asked leaves the gateway connected.',
        find: "effects: [{ do: 'close' }, { do: 'answer-unknown', changeId }]",
        replace: "effects: [{ do: 'answer-unknown', changeId }]",
        tests: machine,
      },
    ],
  },
  {
    file: 'password/welcome-machine.ts',
    tests: welcome,
    changes: [
      {
        name: 'connected-although-not-newest',
        breaks: 'A connection that is not the newest is served.',
        find: "return input.newest ? { state: { is: 'ready' }, effects: [{ do: 'serve' }] } : over",
        replace: "return { state: { is: 'ready' }, effects: [{ do: 'serve' }] }",
      },
      {
        name: 'settled-another-change',
        breaks: 'The answer about one change counts for another.',
        find: "input.is === 'settled' && input.changeId === state.changeId",
        replace: "input.is === 'settled'",
      },
      {
        name: 'rolled-back-disk-connects',
        breaks: 'A gateway with the password of an older disk counts as connected.',
        find: 'if (holds === last?.changeId) return ticket(last)',
        replace: 'if (holds === last?.changeId || holds !== undefined) return ticket(last)',
      },
      {
        name: 'same-generation-is-newer',
        breaks: 'A gateway whose disk was rolled back to another history overrules the server.',
        find: 'return holdsGeneration > last.generation',
        replace: 'return holdsGeneration >= last.generation',
      },
      {
        name: 'ticket-before-settled',
        breaks: 'A gateway counts as connected before it obeyed.',
        find: "verdict === 'confirm' ? { ...found, holds: changeId, holdsGeneration: undefined, recorded: 'known' } : found",
        replace: 'found',
      },
    ],
  },
  {
    file: 'config/reach.ts',
    tests: [`${at}/config/reach.test.ts`],
    changes: [
      {
        name: 'heard-is-forgotten',
        breaks: 'Each restart of a server has gateways try once more what they had given up with reason.',
        find: ' && begunAfter > heardAfter',
        replace: '',
      },
    ],
  },
  {
    file: 'config/gateway-machine.ts',
    tests: config,
    changes: [
      {
        name: 'third-trial',
        breaks: 'What cuts a gateway off is in force again and again while the server is away.',
        find: ' || reverted.isSecond === true',
        replace: '',
      },
      {
        name: 'attempt-of-before',
        breaks: 'An attempt that began before a trial clears what was on trial.',
        find: ' || after !== trials',
        replace: '',
      },
      {
        name: 'confirmed-over-the-old-connection',
        breaks: 'A configuration that cuts the gateway off is confirmed by the connection from before.',
        find: ' || input.during !== trial.number',
        replace: '',
      },
      {
        name: 'starts-without-bound',
        breaks: 'A configuration that crashes the gateway is tried for ever.',
        find: 'starts >= mostStarts',
        replace: 'starts >= mostStarts * 1000',
      },
      {
        name: 'given-up-is-tried-again',
        breaks: 'What a gateway gave up cuts it off again.',
        find: "if (isGivenUp && isSecond === undefined) return [{ do: 'tell' }]",
        replace: '',
      },
      {
        name: 'back-to-the-unconfirmed',
        breaks: 'A gateway goes back to a configuration nobody confirmed.',
        find: 'trial === null ? inForce : trial.previous',
        replace: 'inForce',
      },
    ],
  },
  {
    file: 'config/syn-status.ts',
    tests: [`${at}/config/syn-status.test.ts`],
    changes: [
      {
        name: 'later-change-covered',
        breaks: 'A change made after the synchronisation was answered counts as synchronised.',
        find: 'promised !== null && promised === local && promised > synced',
        replace: 'promised !== null && promised <= local && promised > synced',
      },
      {
        name: 'revision-to-come',
        breaks: 'A revision that is still to come counts as agreed on.',
        find: 'revision > revisions.synced && revision <= revisions.local',
        replace: 'revision > revisions.synced',
      },
    ],
  },
]
