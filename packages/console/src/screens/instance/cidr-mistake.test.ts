import { networksIn } from '@opensag/rules'
import { expect, test } from 'vitest'
import { instancePageTexts } from './instance.texts.ts'
import { cidrMistake } from './instance-actions.ts'

const t = instancePageTexts.en
const others = networksIn('10.9.0.0/16').map((block) => ({ id: 'sag-2', name: 'Other', block }))

test.each([
  ['', undefined],
  ['10.1.0.0/24, 10.1.1.0/24', undefined],
  ['10.1.0.0/08', t.cidrWrong('10.1.0.0/08')],
  ['10.1.0.1/24', t.cidrWrong('10.1.0.1/24')],
  ['10.1.0.0/24,10.1.0.0/25', t.cidrTwice],
  ['10.9.1.0/24', t.cidrTaken('10.9.1.0/24', 'Other')],
])('the list %j of a branch is answered before the API is asked: %s', (list, expected) => {
  expect(cidrMistake(list, others, t)).toBe(expected)
})
