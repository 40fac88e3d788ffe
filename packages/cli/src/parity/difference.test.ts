import { expect, test } from 'vitest'
import { differencesOf } from './difference.ts'

type Body = Readonly<Record<string, unknown>>

/** Kind and place of what differs between two answers with status 200. */
function kinds(recorded: Body, here: Body): readonly string[] {
  const { differences } = differencesOf({ status: 200, body: recorded }, { status: 200, body: here })
  return differences.map(({ kind, path }) => `${kind} ${path}`)
}

test.each<readonly [string, Body, Body, readonly string[]]>([
  ['other values', { A: 'x', N: 1 }, { A: 'y', N: 2 }, []],
  ['more elements of the same shape', { L: [{ A: 1 }] }, { L: [{ A: 1 }, { A: 2 }] }, []],
  ['a member that only some elements have', { L: [{ A: 1 }, { A: 1, B: 1 }] }, { L: [{ B: 1 }, { A: 1 }] }, []],
  ['a member that no element has', { L: [{ A: 1 }, { B: 1 }] }, { L: [{ A: 1 }] }, ['missing-field L[].B']],
  ['a member of a member', { M: {} }, { M: { A: 1 } }, ['extra-field M.A']],
  ['a type among others', { L: [1, 1] }, { L: [1, '1'] }, ['type L[]']],
  ['null', { A: 'x' }, { A: null }, ['type A']],
  ['a list in place of an object', { A: {} }, { A: [] }, ['type A']],
  ['order of members', { A: 1, B: 1 }, { B: 1, A: 1 }, ['field-order ']],
  [
    'order of members of which no element has all',
    {
      L: [
        { A: 1, C: 1 },
        { B: 1, C: 1 },
      ],
    },
    {
      L: [
        { B: 1, C: 1 },
        { A: 1, C: 1 },
        { A: 1, B: 1 },
      ],
    },
    [],
  ],
  ['order of texts', { L: ['a', 'b', 'x'] }, { L: ['b', 'a', 'y'] }, ['element-order L']],
  [
    'order of named elements',
    { L: [{ Key: 'a' }, { Key: 'b' }] },
    { L: [{ Key: 'b' }, { Key: 'a' }] },
    ['element-order L'],
  ],
  [
    'order of values with numbered stand-ins, which is not known',
    { L: [{ Id: '<sag 1>' }, { Id: '<sag 2>' }] },
    { L: [{ Id: '<sag 2>' }, { Id: '<sag 1>' }] },
    [],
  ],
])('of %s, the differences are told', (_title, recorded, here, expected) => {
  expect(kinds(recorded, here)).toEqual(expected)
})

test('a list that is empty on one side has no shape to compare', () => {
  const { differences, empty } = differencesOf(
    { status: 200, body: { L: [] } },
    { status: 200, body: { L: [{ A: 1 }] } },
  )
  expect({ differences, empty }).toEqual({ differences: [], empty: ['L'] })
})

test('numbers of stand-ins in a message do not count', () => {
  const refusal = (Message: string) => ({ status: 400, body: { Code: 'X', Message } })
  expect(differencesOf(refusal('No <sag 1>.'), refusal('No <sag 7>.')).differences).toEqual([])
})
