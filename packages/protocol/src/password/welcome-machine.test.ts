import { expect, test } from 'vitest'
import { newWelcome, type WelcomeInput, type WelcomeState, welcomeStep } from './welcome-machine.ts'

const last = { changeId: 'two', generation: 5 } as const

function run(...inputs: readonly WelcomeInput[]): { readonly state: WelcomeState; readonly done: readonly string[] } {
  let state = newWelcome
  const done: string[] = []
  for (const input of inputs) {
    const step = welcomeStep(state, input)
    state = step.state
    for (const effect of step.effects) done.push('verdict' in effect ? `${effect.do} ${effect.verdict}` : effect.do)
  }
  return { state, done }
}

const begin = [{ is: 'admitted' }, { is: 'replaced' }] as const
const report = (password: {
  readonly unsettled?: string
  readonly holds?: string
  readonly holdsGeneration?: number
}): WelcomeInput => ({
  is: 'report',
  password: { generation: 5, ...password },
})

test('a gateway that holds the last change and has nothing open gets its ticket, and is served once that is stored', () => {
  const { state, done } = run(
    ...begin,
    report({ holds: 'two' }),
    { is: 'looked', outcome: undefined, last, recorded: 'known' },
    { is: 'ticket-stored' },
    { is: 'connected', newest: true },
  )
  expect(done).toEqual(['replace-older', 'look', 'send-ticket', 'connect', 'serve'])
  expect(state.is).toBe('ready')
})

test('what is open is settled by the journal before anything else, and then counts as what the gateway holds', () => {
  const open = [...begin, report({ unsettled: 'two', holds: 'one' })]
  expect(
    run(...open, { is: 'looked', outcome: 'succeeded', last, recorded: 'known' }, { is: 'settled', changeId: 'two' })
      .done,
  ).toEqual(['replace-older', 'look', 'send-settle confirm', 'send-ticket'])
  expect(
    run(...open, { is: 'looked', outcome: undefined, last, recorded: 'known' }, { is: 'settled', changeId: 'two' })
      .done,
  ).toEqual(['replace-older', 'look', 'send-settle revert', 'send-restore'])
})

test('a disk that was rolled back gets the last change again before it gets a ticket, whatever its generation is', () => {
  const behind = [
    ...begin,
    report({ holds: 'one' }),
    { is: 'looked', outcome: undefined, last, recorded: 'known' } as const,
  ]
  expect(run(...behind).done.at(-1)).toBe('send-restore')
  expect(run(...behind, { is: 'restored', changeId: 'two' }).done.at(-1)).toBe('send-ticket')
  expect(run(...behind, { is: 'restored', changeId: 'one' }).state.is).toBe('over')
})

test('where nobody knows a last change there is nothing to prove', () => {
  expect(
    run(...begin, report({ holds: 'one' }), {
      is: 'looked',
      outcome: undefined,
      last: undefined,
      recorded: 'known',
    }).done.at(-1),
  ).toBe('send-ticket')
})

test('whatever does not belong here ends the connection, and so does a newer one', () => {
  expect(run(...begin, { is: 'ticket-stored' }).done.at(-1)).toBe('end')
  const stored = [
    ...begin,
    report({}),
    { is: 'looked', outcome: undefined, last: undefined, recorded: 'known' },
    { is: 'ticket-stored' },
  ] as const
  expect(run(...stored, { is: 'connected', newest: false }).state.is).toBe('over')
})

test('what was compared goes along until it is compared again, restored or not', () => {
  const connect = (...inputs: readonly WelcomeInput[]) => {
    let step = welcomeStep(newWelcome, { is: 'admitted' })
    for (const input of [{ is: 'replaced' } as const, ...inputs]) step = welcomeStep(step.state, input)
    return step.effects
  }
  const stored = { is: 'ticket-stored' } as const
  const looked = { is: 'looked', outcome: undefined, last, recorded: 'known' } as const
  const nothing = { ...looked, last: undefined } as const
  expect(connect(report({ holds: 'two' }), looked, stored)).toEqual([{ do: 'connect', last }])
  expect(connect(report({}), looked, { is: 'restored', changeId: 'two' }, stored)).toEqual([{ do: 'connect', last }])
  expect(connect(report({}), nothing, stored)).toEqual([{ do: 'connect', last: undefined }])
})

test.each([
  ['settled', report({ unsettled: 'one', holds: 'two' })],
  ['restored', report({ holds: 'one' })],
] as const)('the answer %s about another change is none', (is, reported) => {
  const { state, done } = run(
    ...begin,
    reported,
    { is: 'looked', outcome: 'failed', last, recorded: 'known' },
    { is, changeId: 'another' },
  )
  expect([state.is, done.at(-1)]).toEqual(['over', 'end'])
})

test.each([
  // holds, its generation, the report's, recorded, the last of the server, and what comes of it
  ['two', 5, 5, 'known', 5, 'send-ticket'],
  [undefined, undefined, 9, 'unknown', undefined, 'send-ticket'],
  [undefined, undefined, 9, 'unknown', 5, 'send-restore'],
  ['six', 6, 9, 'taken-back', 5, 'send-restore ordered'],
  ['six', 6, 9, 'taken-back', undefined, 'send-ticket'],
  ['six', 6, 9, 'known', undefined, 'send-ticket'],
  ['six', 6, 9, 'unknown', undefined, 'adopt six 6'],
  ['six', 6, 9, 'unknown', 5, 'adopt six 6'],
  ['six', 6, 9, 'known', 5, 'adopt six 6'],
  ['four', 4, 9, 'unknown', 5, 'send-restore'],
  ['five', 5, 9, 'unknown', 5, 'send-restore'],
  ['six', undefined, 9, 'known', 5, 'send-restore'],
  ['six', undefined, 9, 'unknown', 5, 'adopt six 9'],
  ['six', undefined, 5, 'unknown', 5, 'send-restore'],
  ['six', undefined, 0, 'unknown', undefined, 'adopt six 0'],
] as const)(
  'holds %s (%s, reported %s), %s, the last is of %s: %s',
  (holds, its, generation, recorded, of, expected) => {
    const last = of === undefined ? undefined : { changeId: 'two', generation: of }
    let step = welcomeStep(newWelcome, { is: 'admitted' })
    step = welcomeStep(step.state, { is: 'replaced' })
    step = welcomeStep(step.state, { is: 'report', password: { generation, holds, holdsGeneration: its } })
    const [effect] = welcomeStep(step.state, { is: 'looked', outcome: undefined, last, recorded }).effects
    const shown =
      effect?.do === 'adopt'
        ? `adopt ${effect.change.changeId} ${effect.change.generation}`
        : effect?.do === 'send-restore' && effect.ordered
          ? 'send-restore ordered'
          : effect?.do
    expect(shown).toBe(expected)
  },
)

test('what was adopted is what is compared again; when another change came first, the connection ends', () => {
  const six = { changeId: 'six', generation: 6 }
  const adopting: readonly WelcomeInput[] = [
    ...begin,
    report({ holds: 'six', holdsGeneration: 6 }),
    { is: 'looked', outcome: undefined, last, recorded: 'unknown' },
  ]
  const { state } = run(...adopting, { is: 'adopted', done: true, last: six }, { is: 'ticket-stored' })
  expect(state).toEqual({ is: 'connecting', last: six })
  expect(run(...adopting, { is: 'adopted', done: false, last }).state.is).toBe('over')
})
