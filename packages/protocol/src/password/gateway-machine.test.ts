import { expect, test } from 'vitest'
import { emptyRecord, type GatewayFacts, type GatewayInput, gatewayFactsAfter, gatewayStep } from './gateway-machine.ts'

const applied: GatewayFacts = {
  record: {
    generation: 3,
    unsettled: { changeId: 'one', generation: 3, hash: 'new', previous: 'old', overruled: false },
    holds: 'zero',
    holdsGeneration: 1,
  },
  vault: 'new',
}
const settled: GatewayFacts = {
  record: { generation: 3, unsettled: null, holds: 'zero', holdsGeneration: 1 },
  vault: 'old',
}
const overruled = { changeId: 'one', generation: 3, hash: 'new', previous: 'old', overruled: true } as const

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
    'acknowledge',
  ])
})

test('a second change while one is unsettled is refused', () => {
  expect(kinds(applied, { is: 'set', changeId: 'two', generation: 4 })).toEqual(['write-record', 'nack unsettled'])
})

test('the same set again is acknowledged again and changes nothing', () => {
  expect(kinds(applied, { is: 'set', changeId: 'one', generation: 3 })).toEqual(['acknowledge'])
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
    record: {
      generation: 1,
      unsettled: { ...overruled, previous: null, overruled: false },
      holds: null,
      holdsGeneration: null,
    },
    vault: 'new',
  }
  const after = gatewayStep(first, { is: 'settle', changeId: 'one', verdict: 'revert' }).reduce(
    gatewayFactsAfter,
    first,
  )
  expect(after).toEqual({ record: { generation: 1, unsettled: null, holds: null, holdsGeneration: null }, vault: null })
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
    expect(facts).toEqual({
      record: { generation: 3, unsettled: null, holds: 'zero', holdsGeneration: 1 },
      vault: null,
    })
  }
})

test('a password changed by hand while the gateway was down stays', () => {
  const changed = { ...applied, vault: 'by hand' }
  expect(gatewayStep(changed, { is: 'started' }).reduce(gatewayFactsAfter, changed)).toEqual({
    record: { generation: 3, unsettled: overruled, holds: 'zero', holdsGeneration: 1 },
    vault: 'by hand',
  })
})

test('a verdict on a change that was overruled at the gateway counts for the record only', () => {
  const cleared: GatewayFacts = {
    record: { generation: 3, unsettled: overruled, holds: 'zero', holdsGeneration: 1 },
    vault: null,
  }
  for (const [verdict, holds, holdsGeneration] of [
    ['confirm', 'one', 3],
    ['revert', 'zero', 1],
  ] as const) {
    const after = gatewayStep(cleared, { is: 'settle', changeId: 'one', verdict }).reduce(gatewayFactsAfter, cleared)
    expect(after).toEqual({ record: { generation: 3, unsettled: null, holds, holdsGeneration }, vault: null })
  }
})

test('a refused set is refused for good', () => {
  const refused = gatewayStep(settled, { is: 'failed', changeId: 'one', generation: 4 }).reduce(
    gatewayFactsAfter,
    settled,
  )
  expect(kinds(refused, { is: 'set', changeId: 'one', generation: 4 })).toEqual(['nack generation'])
})

test('a disk that was rolled back takes the hash it once deposited, in place of what it was known to hold', () => {
  const restore = {
    is: 'restore',
    changeId: 'two',
    generation: 2,
    hash: 'newest',
    over: 'zero',
    ordered: false,
  } as const
  const after = gatewayStep(settled, restore).reduce(gatewayFactsAfter, settled)
  expect(after).toEqual({
    record: { generation: 3, unsettled: null, holds: 'two', holdsGeneration: 2 },
    vault: 'newest',
  })
  expect(kinds(after, restore)).toEqual(['restored'])
  expect(kinds(settled, { ...restore, over: 'another' })).toEqual([])
  expect(kinds(applied, restore)).toEqual([])
})

test('an applied change stays unsettled over a restart', () => {
  expect(gatewayStep(applied, { is: 'started' })).toEqual([])
})

test('an order to go back below what it holds is refused, unless the operator wants it by name', () => {
  const older = { is: 'restore', changeId: 'old', generation: 0, hash: 'older', over: 'zero', ordered: false } as const
  expect(kinds(settled, older)).toEqual(['refuse-restore'])
  expect(kinds(settled, { ...older, generation: 1 })).not.toContain('refuse-restore')
  const obeyed = gatewayStep(settled, { ...older, ordered: true }).reduce(gatewayFactsAfter, settled)
  expect(obeyed).toEqual({
    record: { generation: 3, unsettled: null, holds: 'old', holdsGeneration: 0 },
    vault: 'older',
  })
})

test('a record of an older version does not say how old what it holds is: a restore is taken', () => {
  const unknown = { ...settled, record: { ...settled.record, holdsGeneration: null } }
  const restore = {
    is: 'restore',
    changeId: 'old',
    generation: 0,
    hash: 'older',
    over: 'zero',
    ordered: false,
  } as const
  expect(kinds(unknown, restore).at(-1)).toBe('restored')
})
