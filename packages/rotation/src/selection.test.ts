import { describe, expect, test } from 'vitest'
import { everyGateway, type Selection, selectGateways, unknownOf } from './selection.ts'
import { readSelectionList } from './selection-list.ts'
import { gateway } from './testing/gateways.suite.ts'

const fleet = [
  gateway({ instanceId: 'sag-a', serial: 'a1', instanceName: 'branch-hangzhou', ccnId: 'ccn-1' }),
  gateway({ instanceId: 'sag-b', serial: 'b1', instanceName: 'branch-(x)', ccnId: 'ccn-2', regionId: 'cn-beijing' }),
  gateway({ instanceId: 'sag-b', serial: 'b2', instanceName: 'branch-(x)', ccnId: 'ccn-2', regionId: 'cn-beijing' }),
  gateway({ instanceId: 'sag-c', serial: 'c1', instanceName: undefined, ccnId: undefined }),
]

test.each<[string, Partial<Selection>, readonly string[]]>([
  ['nothing', {}, ['a1', 'b1', 'b2', 'c1']],
  ['a region', { regions: ['cn-beijing'] }, ['b1', 'b2']],
  ['a network', { ccns: ['ccn-1', 'ccn-9'] }, ['a1']],
  ['a name with a star', { names: ['branch-*'] }, ['a1', 'b1', 'b2']],
  ['a name whose characters mean something to regular expressions', { names: ['branch-(?)'] }, ['b1', 'b2']],
  ['part of a name', { names: ['branch'] }, []],
  ['an instance', { instances: ['sag-c'] }, ['c1']],
  ['a region and a network', { regions: ['cn-shanghai'], ccns: ['ccn-2'] }, []],
  ['a list with one device of a pair', { listed: [{ line: 1, instanceId: 'sag-b', serial: 'b2' }] }, ['b2']],
  ['a list with an instance', { listed: [{ line: 1, instanceId: 'sag-b', serial: undefined }] }, ['b1', 'b2']],
])('by %s', (_title, part, serials) => {
  expect(selectGateways(fleet, { ...everyGateway, ...part }).map(({ serial }) => serial)).toEqual(serials)
})

test('what was named and is not there is told', () => {
  const listed = [
    { line: 3, instanceId: 'sag-b', serial: 'b9' },
    { line: 4, instanceId: 'sag-a', serial: undefined },
    { line: 7, instanceId: 'sag-z', serial: undefined },
  ]
  const selection = { ...everyGateway, instances: ['sag-a', 'sag-y'], listed }
  expect(unknownOf(fleet, selection)).toEqual(['sag-y', 'line 3: sag-b b9', 'line 7: sag-z'])
})

describe('a list', () => {
  test('may have comments, blank lines, commas and a byte order mark', () => {
    const text = '\uFEFF# gateways\r\nsag-a\r\n\r\nsag-b b1\nsag-b,b2 # the other one\n'
    expect(readSelectionList(text)).toEqual({
      entries: [
        { line: 2, instanceId: 'sag-a', serial: undefined },
        { line: 4, instanceId: 'sag-b', serial: 'b1' },
        { line: 5, instanceId: 'sag-b', serial: 'b2' },
      ],
      repeated: [],
      mistakes: [],
    })
  })

  test('tells which lines repeat one and which cannot be understood', () => {
    const { entries, repeated, mistakes } = readSelectionList('sag-a\nsag-b b1 more\nsag-a\nsag/../x\n')
    expect(entries).toHaveLength(1)
    expect({ repeated, mistakes }).toEqual({ repeated: [3], mistakes: [2, 4] })
  })
})
