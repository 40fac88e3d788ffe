import { readyPolicy } from '@opensag/rules'
import { expect, test } from 'vitest'
import { choiceOf, grantOf, nothingChosen } from './choice.ts'

test('nothing chosen is no grant, and a policy can be made of every grant', () => {
  expect(grantOf(nothingChosen)).toBeUndefined()
  for (const choice of [
    { ...nothingChosen, instances: ['sag-1'], networks: ['ccn-1'] },
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
