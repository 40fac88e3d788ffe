import { expect, test } from 'vitest'
import { emptyRecord, type GatewayFacts, type GatewayInput, gatewayFactsAfter, gatewayStep } from './gateway-machine.ts'

const applied: GatewayFacts = {
  record: { generation: 3, unsettled: { changeId: 'one', hash: 'new', previous: 'old' } },
  vault: 'new',
}
const settled: GatewayFacts = { record: { generation: 3, unsettled: null }, vault: 'old' }

function kinds(facts: GatewayFacts, input: GatewayInput): readonly string[] {
  return gatewayStep(facts, input).map((effect) =>
    effect.do === 'send'
      ? `${effect.message.kind}${'reason' in effect.message ? ` ${effect.message.reason}` : ''}`
      : effect.do,
  )
}

test('a set writes the record before the vault and says so only after both', () => {
  expect(kinds(settled, { is: 'set', changeId: 'one', generation: 4 })).toEqual(['prepare'])
  expect(kinds(settled, { is: 'prepared', changeId: 'one', generation: 4, hash: 'new' })).toEqual([
    'write-record',
    'write-vault',
    'end-sessions',
    'ack',
  ])
})

test('a second change while one is unsettled is refused', () => {
  expect(kinds(applied, { is: 'set', changeId: 'two', generation: 4 })).toEqual(['nack unsettled'])
})

test('the same set again is acknowledged again and changes nothing', () => {
  expect(kinds(applied, { is: 'set', changeId: 'one', generation: 3 })).toEqual(['ack'])
})

test('an old generation is refused', () => {
  expect(kinds(settled, { is: 'set', changeId: 'two', generation: 3 })).toEqual(['nack generation'])
})

test('a verdict on another change leaves everything as it is', () => {
  expect(kinds(applied, { is: 'settle', changeId: 'two', verdict: 'revert' })).toEqual(['settled'])
  expect(kinds(settled, { is: 'settle', changeId: 'one', verdict: 'revert' })).toEqual(['settled'])
})

test('a revert brings the previous hash back, also when that was none', () => {
  const first: GatewayFacts = {
    record: { generation: 1, unsettled: { changeId: 'one', hash: 'new', previous: null } },
    vault: 'new',
  }
  const after = gatewayStep(first, { is: 'settle', changeId: 'one', verdict: 'revert' }).reduce(
    gatewayFactsAfter,
    first,
  )
  expect(after).toEqual({ record: { generation: 1, unsettled: null }, vault: null })
})

test('a first password at the console is taken only when there is none and nothing is unsettled', () => {
  const empty: GatewayFacts = { record: emptyRecord, vault: null }
  expect(kinds(empty, { is: 'first', hash: 'mine' })).toEqual(['write-vault', 'end-sessions'])
  expect(kinds(settled, { is: 'first', hash: 'mine' })).toEqual([])
  expect(kinds({ ...applied, vault: null }, { is: 'first', hash: 'mine' })).toEqual([])
})

test('what the reset button cleared is not brought back by a revert, wherever a crash came', () => {
  const effects = gatewayStep(applied, { is: 'reset' })
  for (let done = 1; done <= effects.length; done++) {
    let facts = effects.slice(0, done).reduce(gatewayFactsAfter, applied)
    facts = gatewayStep(facts, { is: 'started' }).reduce(gatewayFactsAfter, facts)
    facts = gatewayStep(facts, { is: 'settle', changeId: 'one', verdict: 'revert' }).reduce(gatewayFactsAfter, facts)
    expect(facts).toEqual({ record: { generation: 3, unsettled: null }, vault: null })
  }
})

test('a password changed by hand while the gateway was down stays', () => {
  const changed = { ...applied, vault: 'by hand' }
  expect(gatewayStep(changed, { is: 'started' }).reduce(gatewayFactsAfter, changed)).toEqual({
    record: { generation: 3, unsettled: null },
    vault: 'by hand',
  })
})

test('an applied change stays unsettled over a restart', () => {
  expect(gatewayStep(applied, { is: 'started' })).toEqual([])
})
