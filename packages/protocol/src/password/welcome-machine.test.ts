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
const report = (password: { readonly unsettled?: string; readonly holds?: string }): WelcomeInput => ({
  is: 'report',
  password: { generation: 5, ...password },
})

test('a gateway that holds the last change and has nothing open gets its ticket, and is served once that is stored', () => {
  const { state, done } = run(
    ...begin,
    report({ holds: 'two' }),
    { is: 'looked', outcome: undefined, last },
    { is: 'ticket-stored' },
    { is: 'connected', newest: true },
  )
  expect(done).toEqual(['replace-older', 'look', 'send-ticket', 'connect', 'serve'])
  expect(state.is).toBe('ready')
})

test('what is open is settled by the journal before anything else, and then counts as what the gateway holds', () => {
  const open = [...begin, report({ unsettled: 'two', holds: 'one' })]
  expect(run(...open, { is: 'looked', outcome: 'succeeded', last }, { is: 'settled', changeId: 'two' }).done).toEqual([
    'replace-older',
    'look',
    'send-settle confirm',
    'send-ticket',
  ])
  expect(run(...open, { is: 'looked', outcome: undefined, last }, { is: 'settled', changeId: 'two' }).done).toEqual([
    'replace-older',
    'look',
    'send-settle revert',
    'send-restore',
  ])
})

test('a disk that was rolled back gets the last change again before it gets a ticket, whatever its generation is', () => {
  const behind = [...begin, report({ holds: 'one' }), { is: 'looked', outcome: undefined, last } as const]
  expect(run(...behind).done.at(-1)).toBe('send-restore')
  expect(run(...behind, { is: 'restored', changeId: 'two' }).done.at(-1)).toBe('send-ticket')
  expect(run(...behind, { is: 'restored', changeId: 'one' }).state.is).toBe('over')
})

test('where nobody knows a last change there is nothing to prove', () => {
  expect(
    run(...begin, report({ holds: 'one' }), { is: 'looked', outcome: undefined, last: undefined }).done.at(-1),
  ).toBe('send-ticket')
})

test('whatever does not belong here ends the connection, and so does a newer one', () => {
  expect(run(...begin, { is: 'ticket-stored' }).done.at(-1)).toBe('end')
  const stored = [
    ...begin,
    report({}),
    { is: 'looked', outcome: undefined, last: undefined },
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
  const looked = { is: 'looked', outcome: undefined, last } as const
  const nothing = { ...looked, last: undefined }
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
    { is: 'looked', outcome: 'failed', last },
    { is, changeId: 'another' },
  )
  expect([state.is, done.at(-1)]).toEqual(['over', 'end'])
})
