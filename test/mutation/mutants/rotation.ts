import { folder } from '../mutant.ts'

const rules = 'packages/rotation/src'
const cli = 'packages/cli/src/rotate'
const machine = [`${rules}/machine.test.ts`]
const journal = [`${rules}/journal.test.ts`]
const readBack = [`${cli}/read-back.test.ts`]
const runner = [`${cli}/runner.test.ts`]

/** Rotating the passwords of a fleet: the rules, and the command that follows them. */
export const rotation = folder('rotation', 0.9, 'packages', [
  {
    file: 'rotation/src/machine.ts',
    tests: machine,
    changes: [
      {
        name: 'doubt-forgotten',
        breaks: 'A gateway is reported as unchanged although a call of it may have worked.',
        find: "state.doubt === undefined || outcome.is === 'changed' ? outcome : { is: 'unknown', why: state.doubt }",
        replace: 'outcome',
      },
      {
        name: 'one-attempt-more',
        breaks: 'A gateway is called once more than asked for.',
        find: 'state.attempt >= attempts',
        replace: 'state.attempt > attempts',
      },
      {
        name: 'lost-call-repeated',
        breaks: 'A call that may have worked is made again although that was not allowed.',
        find: 'resolve({ ...state, doubt: input.why, why: input.why }, settings, settings.repeatLost)',
        replace: 'resolve({ ...state, doubt: input.why, why: input.why }, settings, true)',
      },
      {
        name: 'unchecked-is-unchanged',
        breaks: 'A gateway whose record says nothing is taken for unchanged.',
        find: "if (found === 'unchanged') return later",
        replace: "if (found !== 'changed') return later",
      },
      {
        name: 'doubt-left-by-a-run-forgotten',
        breaks: 'A rotation that goes on calls a gateway without looking what became of the call before.',
        find: 'state.doubt === undefined ? call(state) : resolve(state, settings, settings.repeatLost)',
        replace: 'call(state)',
      },
      {
        name: 'halt-decides',
        breaks: 'A key that does not count any more leaves gateways as refused.',
        find: "return { state: { ...state, is: 'waiting' }, effects: [{ do: 'halt', why }] }",
        replace: "return end(state, { is: 'kept', why })",
      },
    ],
  },
  {
    file: 'rotation/src/answer.ts',
    tests: [`${rules}/answer.test.ts`],
    changes: [
      {
        name: 'answer-of-a-proxy',
        breaks: 'A page of a proxy is taken for a success.',
        find: 'saysYes && requestId !== undefined && status',
        replace: 'saysYes && status',
      },
      {
        name: 'success-false',
        breaks: 'An answer that says it did not succeed is taken for a success.',
        find: "success === false ? 'unclear' : 'changed'",
        replace: "'changed'",
      },
      {
        name: 'internal-error-refuses',
        breaks: 'A gateway whose call ended in an internal error is taken for unchanged.',
        find: 'code === replayed || internal.test(code) || status >= 500',
        replace: 'code === replayed',
      },
      {
        name: 'replay-refuses',
        breaks: 'A call that something on the way sent twice is taken for one that was refused.',
        find: 'code === replayed || internal',
        replace: 'internal',
      },
    ],
  },
  {
    file: 'rotation/src/journal.ts',
    tests: journal,
    changes: [
      {
        name: 'success-taken-back',
        breaks: 'A journal that takes a success back is gone on with.',
        find: "before.outcome?.is === 'changed' && record.outcome.is !== 'changed'",
        replace: "before.outcome?.is === 'unsupported' && record.outcome.is !== 'changed'",
      },
      {
        name: 'open-call-forgotten',
        breaks: 'A call that was cut off by the end of its run counts as never made.',
        find: 'outcome: undefined, doubts: doubtsOf(before), open:',
        replace: 'outcome: undefined, doubts: before.doubts, open:',
      },
      {
        name: 'lost-call-forgotten',
        breaks: 'A call whose answer was lost counts as never made.',
        find: 'return { ...before, open: undefined, doubts: doubtsOf(before) }',
        replace: 'return { ...before, open: undefined }',
      },
      {
        name: 'password-of-the-wrong-run',
        breaks: 'The file of passwords names the password of another run.',
        find: 'changed(before, before.decidedAt, record.run)',
        replace: 'changed(before, before.decidedAt, before.open?.run)',
      },
      {
        name: 'half-a-plan',
        breaks: 'A rotation goes on with a part of its plan.',
        find: 'isPlanned || plan.length !== record.gateways',
        replace: 'isPlanned',
      },
    ],
  },
  {
    file: 'rotation/src/stop-rule.ts',
    tests: [`${rules}/stop-rule.test.ts`],
    changes: [
      {
        name: 'stops-one-failure-late',
        breaks: 'A rotation goes on with one failure more than allowed.',
        find: 'failed > amountOf(most, begun)',
        replace: 'failed > amountOf(most, begun) + 1',
      },
    ],
  },
  {
    file: 'rotation/src/summary.ts',
    tests: [`${rules}/summary.test.ts`],
    changes: [
      {
        name: 'unknown-is-no-failure',
        breaks: 'Gateways of which nothing is known do not stop a rotation.',
        find: "outcome.is === 'kept' || outcome.is === 'unknown' || (",
        replace: "outcome.is === 'kept' || (",
      },
      {
        name: 'away-is-a-failure',
        breaks: 'Gateways that were known to be away stop a rotation.',
        find: "(outcome.is === 'offline' && online)",
        replace: "(outcome.is === 'offline' && online !== undefined)",
      },
    ],
  },
  {
    file: 'rotation/src/waves.ts',
    tests: [`${rules}/waves.test.ts`],
    changes: [
      {
        name: 'active-first',
        breaks: 'Of a pair the active device changes first: what goes wrong cuts the branch off.',
        find: "present.role === 'active' && gateway.role === 'standby'",
        replace: "present.role === 'standby' && gateway.role === 'active'",
      },
      {
        name: 'room-unused',
        breaks: 'A wave takes more gateways than the one before allows.',
        find: 'if (wave.length < size) sizes.unshift(size)',
        replace: '',
      },
    ],
  },
  {
    file: 'rotation/src/operation.ts',
    tests: [`${rules}/operation.test.ts`],
    changes: [
      {
        name: 'first-able-is-not',
        breaks: 'The first version that can set a password is left alone.',
        find: 'const firstAble = [3, 4, 2]',
        replace: 'const firstAble = [3, 4, 3]',
      },
    ],
  },
  {
    file: 'rotation/src/password.ts',
    tests: [`${rules}/password.test.ts`],
    changes: [
      {
        name: 'likelier-characters',
        breaks: 'Some characters of passwords are likelier than others.',
        find: "alphabet[byte & 63] ?? ''",
        replace: 'alphabet[byte % 63]',
      },
    ],
  },
  {
    file: 'rotation/src/backoff.ts',
    tests: [`${rules}/backoff.test.ts`],
    changes: [
      {
        name: 'asked-pause-ignored',
        breaks: 'An endpoint that asks for a pause is called before it ends.',
        find: 'Math.max(Math.min(askedMs, mostAskedMs), full',
        replace: 'Math.max(Math.min(0, mostAskedMs), full',
      },
    ],
  },
  {
    file: 'rotation/src/password-list.ts',
    tests: [`${rules}/password-list.test.ts`],
    changes: [
      {
        name: 'one-password-for-two',
        breaks: 'Two gateways are given one password.',
        find: 'else if (holders.has(password)) mistakes',
        replace: 'else if (holders.has(serial)) mistakes',
      },
    ],
  },
  {
    file: 'cli/src/rotate/append-file.ts',
    tests: [`${cli}/append-file.test.ts`],
    changes: [
      {
        name: 'without-datasync',
        breaks: 'After a power cut the journal does not know of calls that were made.',
        find: 'await handle.datasync()',
        replace: '',
      },
      {
        name: 'written-after-failure',
        breaks: 'What follows a line that could not be written is written behind a gap.',
        find: 'if (broken !== undefined) throw broken',
        replace: '',
      },
      {
        name: 'half-line-stays',
        breaks: 'The rest of a line that was cut off stands before the next.',
        find: 'await handle.truncate(size)',
        replace: '',
      },
      {
        name: 'half-write-repeated-behind',
        breaks: 'A line that was written in part stands before its repetition.',
        find: 'await handle.truncate(end)',
        replace: '',
      },
      {
        name: 'done-before-disk',
        breaks: 'A call is made before the journal has it on disk.',
        find: 'await writeOut()\n        for (const { done } of batch) done()',
        replace: 'for (const { done } of batch) done()\n        await writeOut()',
      },
    ],
  },
  {
    file: 'cli/src/rotate/signed-lines.ts',
    tests: [`${cli}/signed-lines.test.ts`],
    changes: [
      {
        name: 'spliced-evidence',
        breaks: 'Evidence that was put together from two rotations of one key is valid.',
        find: ' || record.previous !== previous',
        replace: '',
      },
      {
        name: 'number-not-compared',
        breaks: 'A line stands where another number belongs.',
        find: 'record.line !== line || record.previous !== previous',
        replace: 'record.previous !== previous && record.line === line',
      },
      {
        name: 'signature-of-the-line-ignored',
        breaks: 'A line that was changed is valid.',
        find: 'if (!key.verify(signed, given)) throw',
        replace: 'if (given === undefined) throw',
      },
    ],
  },
  {
    file: 'cli/src/rotate/evidence.ts',
    tests: [`${cli}/evidence.test.ts`, 'test/rotate/attacks.test.ts'],
    changes: [
      {
        name: 'cut-evidence',
        breaks: 'Evidence whose last line was cut short is valid.',
        find: "if (whole !== content.length) throw new BrokenLines('Its last line is cut short.')",
        replace: '',
        tests: [`${cli}/evidence.test.ts`],
      },
      {
        name: 'evidence-without-end',
        breaks: 'Evidence that was cut off before its end is valid.',
        find: "if (last?.kind !== 'end') throw new BrokenLines('Its end is missing.')",
        replace: "if (last?.kind !== 'end') return summarise([])",
        tests: [`${cli}/evidence.test.ts`],
      },
    ],
  },
  {
    file: 'cli/src/rotate/runner.ts',
    tests: runner,
    changes: [
      {
        name: 'next-wave-after-stop',
        breaks: 'A rotation that was stopped begins its next wave.',
        find: 'if (stop.reason !== undefined) break',
        replace: '',
      },
      {
        name: 'halted-is-finished',
        breaks: 'A rotation that had to stop says that it finished.',
        find: "reason.is !== 'halted' && plan",
        replace: 'plan',
      },
    ],
  },
  {
    file: 'cli/src/rotate/gateway-run.ts',
    tests: runner,
    changes: [
      {
        name: 'called-before-journal',
        breaks: 'A call is made that the journal does not know of.',
        find: 'await noteCall(operation)\n      const called = await',
        replace: 'void noteCall(operation).catch(() => {})\n      const called = await',
      },
      {
        name: 'called-after-stop',
        breaks: 'A gateway that waited for its turn is called after the rotation was stopped.',
        find: 'if (stop.reason !== undefined) return undefined\n      await noteCall',
        replace: 'await noteCall',
      },
      {
        name: 'journal-failure-goes-on',
        breaks: 'A rotation goes on although its journal cannot be written.',
        find: "stop.now({ is: 'halted', why: (error as Error).message })",
        replace: 'void error',
      },
    ],
  },
  {
    file: 'cli/src/rotate/prepare.ts',
    tests: [`${cli}/prepare.test.ts`],
    changes: [
      {
        name: 'sent-before-sealed',
        breaks: 'Passwords are sent before the journal has them: a crash loses them.',
        find: 'await journal.write(',
        replace: 'void journal.write(',
      },
      {
        name: 'sent-before-told',
        breaks: 'Passwords are sent before the command that keeps them has taken them.',
        find: 'if (tell !== undefined) await tell(',
        replace: 'if (tell !== undefined) void tell(',
      },
      {
        name: 'password-of-another',
        breaks: 'A password somebody made for one gateway is set on another.',
        find: 'given.get(serial)',
        replace: '[...given.values()][0]',
      },
    ],
  },
  {
    file: 'cli/src/rotate/read-back.ts',
    tests: readBack,
    changes: [
      {
        name: 'change-of-somebody-else',
        breaks: 'A change that somebody else made is taken for ours.',
        find: '(Principal === undefined || mayBeOf.has(Principal) || mayBeOf.has(undefined)) &&',
        replace: '',
      },
      {
        name: 'change-before-ours',
        breaks: 'A change that was made before our call is taken for ours.',
        find: 'timeOf(RequestedAt) >= since &&',
        replace: '',
      },
      {
        name: 'answered-change-is-ours',
        breaks: 'A call whose answer is known is taken for the one whose answer was lost.',
        find: '(RequestId === undefined || !answered.includes(RequestId))',
        replace: '(RequestId === undefined || answered.length >= 0)',
      },
      {
        name: 'one-of-two',
        breaks: 'Of two changes that may be ours one is taken.',
        find: 'if (second !== undefined || known !== undefined) return',
        replace: 'if (second !== undefined && known !== undefined) return',
      },
      {
        name: 'call-under-way',
        breaks: 'A gateway is taken for unchanged while a call of it is under way.',
        find: 'const isSure = left <= 0 ||',
        replace: 'const isSure = left <= settleMs ||',
      },
      {
        name: 'full-page',
        breaks: 'A page that leaves something out is taken for the whole record.',
        find: 'exact.length + likely.length >= pageSize',
        replace: 'exact.length + likely.length > pageSize',
      },
    ],
  },
  {
    file: 'cli/src/rotate/call.ts',
    tests: [`${cli}/call.test.ts`],
    changes: [
      {
        name: 'broken-off-is-unsent',
        breaks: 'A call that broke off after it was sent is taken for one that never left.',
        find: " && syscall !== 'read' && syscall !== 'write'",
        replace: '',
      },
      {
        name: 'clock-that-went-back',
        breaks: 'A clock that went back is laid beside the record all the same.',
        find: 'heard === undefined || wentBack ? undefined',
        replace: 'heard === undefined ? undefined',
      },
    ],
  },
  {
    file: 'cli/src/rotate/endpoint.ts',
    tests: [`${cli}/endpoint.test.ts`],
    changes: [
      {
        name: 'password-without-tls',
        breaks: 'A password is sent over the network in the clear.',
        find: "example.protocol === 'http:' && !loopback",
        replace: "example.protocol === 'http' && !loopback",
      },
      {
        name: 'region-from-the-network',
        breaks: 'A list of regions decides which host is given passwords.',
        find: '!/^[a-z0-9-]{1,64}$/.test(regionId)',
        replace: 'regionId === placeholder',
      },
    ],
  },
  {
    file: 'cli/src/rotate/passwords-file.ts',
    tests: [`${cli}/passwords-file.test.ts`],
    changes: [
      {
        name: 'passwords-of-earlier-runs',
        breaks: 'Passwords an earlier run set are not in the file.',
        find: '...standing.sealed.filter((record) => needed.has(record.run)).map(({ age }) => age),',
        replace: '',
      },
      {
        name: 'candidates-left-out',
        breaks: 'A gateway that may hold one of several passwords is not in the file.',
        find: 'if (runs.length === 0) return []',
        replace: "if (runs.length === 0 || now.outcome?.is !== 'changed') return []",
      },
    ],
  },
  {
    file: 'cli/src/rotate/wait-online.ts',
    tests: [`${cli}/wait-online.test.ts`],
    changes: [
      {
        name: 'waited-for-anew',
        breaks: 'A gateway that comes and goes is waited for without end.',
        find: 'until.get(key) ?? monotonic() + waitMs',
        replace: 'monotonic() + waitMs',
      },
    ],
  },
])
