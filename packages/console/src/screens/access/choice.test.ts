import { readyPolicy } from '@opensag/rules'
import { expect, test } from 'vitest'
import { choiceOf, grantOf, nothingChosen, rowsOn, tagsToGrant } from './choice.ts'

test('nothing chosen is no grant, and a policy can be made of every grant', () => {
  expect(grantOf(nothingChosen)).toBeUndefined()
  for (const choice of [
    { ...nothingChosen, instances: ['sag-1'], networks: ['ccn-1'] },
    { ...nothingChosen, role: 'operator', tags: [['env', 'prod']] },
    { ...nothingChosen, role: 'auditor', everything: true, instances: ['sag-1'] },
    { ...nothingChosen, role: 'operator', instances: Array.from({ length: 80 }, (_, n) => `sag-${n}`) },
  ] as const) {
    const grant = grantOf(choice)
    if (grant === undefined) throw new Error('It is one.')
    expect(readyPolicy(grant)).toContain('"Allow"')
    expect(grantOf(choiceOf(grant))).toEqual(grant)
  }
})

test('too many, or a role that cannot be cut down, is no grant', () => {
  const instances = Array.from({ length: 81 }, (_, n) => `sag-${n}`)
  expect(grantOf({ ...nothingChosen, instances })).toBeUndefined()
  expect(grantOf({ ...nothingChosen, role: 'clerk', instances: ['sag-1'] })).toBeUndefined()
})

const row = (SmartAGId: string, ...tags: readonly (readonly [string, string])[]) => ({
  SmartAGId,
  Tags: tags.map(([Key, Value]) => ({ Key, Value })),
})
const rows = [
  row('sag-1', ['Env', 'prod'], ['phone', '1']),
  row('sag-2', ['env', 'prod'], ['site', 'Lyon']),
  row('sag-3', ['site', 'Lyon']),
  row('sag-4', ['env', 'PROD']),
]

test('a choice is on what it names and on what carries a tag of it now, each once', () => {
  const on = (tags: readonly (readonly [string, string])[], instances: readonly string[] = []) =>
    rowsOn({ instances, tags }, rows).map(({ SmartAGId }) => SmartAGId)
  expect(on([])).toEqual([])
  expect(on([['env', 'prod']], ['sag-2', 'sag-4'])).toEqual(['sag-1', 'sag-2', 'sag-4'])
  expect(
    on([
      ['site', 'Lyon'],
      ['site', 'Nowhere'],
    ]),
  ).toEqual(['sag-2', 'sag-3'])
})

test('tags are offered with how many carry them, those of most first, and no telephone numbers', () => {
  expect(tagsToGrant(rows)).toEqual([
    { tag: ['site', 'Lyon'], count: 2 },
    { tag: ['Env', 'prod'], count: 1 },
    { tag: ['env', 'PROD'], count: 1 },
    { tag: ['env', 'prod'], count: 1 },
  ])
})
