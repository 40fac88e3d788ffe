import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Definition } from './definition.ts'
import { type Attempts, afterAttempt, type Plan, type PlanInput, planTunnels, type Sa } from './tunnel-plan.ts'

const toPop = definition('pop1', true)
const member = definition('gw1', false)
const up = { id: '7', isUp: true, peerEndsAt: 1_000, leaf: 2 }

function definition(name: string, initiates: boolean): Definition {
  return { name, identity: `${name}.sag`, initiates, child: `net-${name}`, connection: {} }
}

function sa(of: Definition, more: Partial<Sa> = {}): Sa {
  return { ...up, name: of.name, child: of.child, ...more }
}

/** Of a machine where everything is as it should be, but for what is given. */
function plan(more: Partial<PlanInput> = {}): Plan {
  const wanted = more.wanted ?? [toPop, member]
  return planTunnels({
    wanted,
    loaded: new Map(wanted.map(({ name, child }) => [name, child])),
    sas: wanted.map((one, index) => sa(one, { id: String(index) })),
    leaf: 2,
    attempts: new Map(),
    wallNow: 400,
    now: 50,
    ...more,
  })
}

const nothing = { unload: [], load: [], terminate: [], initiate: [] }

test('where all is as it should be there is nothing to do until a certificate ends', () => {
  expect(plan()).toEqual({ ...nothing, wakeInMs: 600 })
  expect(plan({ wanted: [], sas: [] })).toEqual({ ...nothing, wakeInMs: undefined })
})

test('what is not wanted is unloaded, what is new or other is loaded', () => {
  const loaded = new Map([
    ['gone', 'net-gone'],
    ['gw1', 'net-before'],
  ])
  expect(plan({ loaded })).toMatchObject({ unload: ['gone'], load: [toPop, member] })
})

test.each<[string, Partial<Sa>]>([
  ['is of a tunnel that is not wanted', { name: 'gone' }],
  ['was made by another definition', { child: 'net-before' }],
  ['is of a peer whose certificate has just ended', { peerEndsAt: 400 }],
])('an SA that %s is ended on both sides', (_, more) => {
  for (const one of [toPop, member]) expect(plan({ sas: [sa(one, more)] }).terminate).toEqual(['7'])
})

test.each<[string, Partial<Sa>]>([
  ['was proved with a certificate before this one', { leaf: 1 }],
  ['carries nothing', { isUp: false, child: undefined }],
])('an SA that %s is ended by the side that began it, which begins anew at once', (_, more) => {
  const input = { wanted: [toPop], sas: [sa(toPop, more)] }
  expect(plan(input)).toMatchObject({ terminate: ['7'], initiate: [toPop] })
  expect(plan({ wanted: [member], sas: [sa(member, more)] })).toMatchObject({ terminate: [], initiate: [] })
})

test('what has no SA is begun by one side only, when there is a certificate and no attempt runs', () => {
  const attempt: Attempts = { failures: 1, notBefore: 50, isRunning: false }
  const of = (more: Partial<PlanInput>): readonly Definition[] => plan({ sas: [], ...more }).initiate
  expect(of({})).toEqual([toPop])
  expect(of({ attempts: new Map([['pop1', attempt]]) })).toEqual([toPop])
  expect(of({ attempts: new Map([['pop1', { ...attempt, isRunning: true }]]) })).toEqual([])
  expect(of({ leaf: undefined })).toEqual([])
})

test('after a failure it is not begun before its time, and there is a wake for that', () => {
  const attempts = new Map([['pop1', { failures: 1, notBefore: 80, isRunning: false }]])
  expect(plan({ wanted: [toPop], sas: [], attempts })).toEqual({ ...nothing, wakeInMs: 30 })
})

test('with each failure the wait doubles up to half a minute, spread by half of it', () => {
  const waits: number[] = []
  let attempts: Attempts | undefined
  for (let turn = 0; turn < 40; turn++) {
    attempts = afterAttempt(attempts, 1_000, 1)
    waits.push(attempts.notBefore - 1_000)
  }
  expect(waits.slice(0, 9)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  expect(waits.at(-1)).toBe(30_000)
  expect(afterAttempt(undefined, 1_000, 0)).toEqual({ failures: 1, notBefore: 1_125, isRunning: true })
})

test('whatever there was, once it is done nothing is left to do', () => {
  const definitions = ['a', 'b', 'c'].flatMap((name) => [definition(name, true), definition(name, false)])
  const anySa = fc.record({
    id: fc.nat(9).map(String),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    isUp: fc.boolean(),
    child: fc.constantFrom('net-a', 'net-b', 'net-c', undefined),
    peerEndsAt: fc.integer({ min: 0, max: 800 }),
    leaf: fc.integer({ min: 0, max: 2 }),
  })
  const world = fc.record({
    wanted: fc.uniqueArray(fc.constantFrom(...definitions), { selector: ({ name }) => name }),
    loaded: fc.dictionary(fc.constantFrom('a', 'b', 'd'), fc.constantFrom('net-a', 'net-x')),
    sas: fc.uniqueArray(anySa, { selector: ({ id }) => id, maxLength: 6 }),
  })
  fc.assert(
    fc.property(world, ({ wanted, loaded, sas }) => {
      const input = { wanted, loaded: new Map<string, string>(Object.entries(loaded)), sas }
      const first = plan(input)
      for (const name of first.unload) input.loaded.delete(name)
      for (const { name, child } of first.load) input.loaded.set(name, child)
      const made = first.initiate.map((one, index) => sa(one, { id: `new${index}` }))
      const left = sas.filter(({ id }) => !first.terminate.includes(id))
      expect(plan({ ...input, sas: [...left, ...made] })).toMatchObject(nothing)
      expect([...input.loaded].sort()).toEqual(wanted.map(({ name, child }) => [name, child]).sort())
      for (const { name } of left) expect(wanted.map((one) => one.name)).toContain(name)
    }),
  )
})
