import type { MutatedFile } from '../mutant.ts'

const rules = 'packages/rotation/src'
const machine = [`${rules}/machine.test.ts`]
const journal = [`${rules}/journal.test.ts`]

export const rotationRules: readonly MutatedFile[] = [
  {
    file: 'rotation/src/password-age.ts',
    tests: [`${rules}/password-age.test.ts`],
    changes: [
      {
        name: 'unknown-age-is-young',
        breaks: 'A default password, or one nothing is known of, is never rotated by age.',
        find: "typeof age !== 'object' || now",
        replace: "typeof age === 'object' && now",
      },
    ],
  },
  {
    file: 'rotation/src/password-history.ts',
    tests: [`${rules}/password-history.test.ts`],
    changes: [
      {
        name: 'oldest-passwords-kept',
        breaks: 'A gateway is given the password it had last time.',
        find: 'of entries.toReversed()',
        replace: 'of entries',
      },
    ],
  },
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
    file: 'rules/src/waves.ts',
    tests: [`${rules}/waves.test.ts`],
    changes: [
      {
        name: 'active-first',
        breaks: 'Of a pair the active device changes first: what goes wrong cuts the branch off.',
        find: "|| device.role === 'standby'",
        replace: "|| device.role === 'active'",
      },
      {
        name: 'room-unused',
        breaks: 'A wave takes more gateways than the one before allows.',
        find: 'if (size === room) planned.shift()',
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
        find: "const firstAble = '3.4.2'",
        replace: "const firstAble = '3.4.3'",
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
]
