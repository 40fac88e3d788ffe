import { expect, test } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

const names = ['DescribeRegions', 'DescribeSmartAccessGateways', 'ModifySAGAdminPassword', 'ListUsers', 'ListUser']

test.each([
  ['DescribeRegion', ['DescribeRegions']],
  ['describeregions', ['DescribeRegions']],
  ['DescirbeRegions', ['DescribeRegions']],
  ['ListUsres', ['ListUsers', 'ListUser']],
  ['ModifyAdminPassword', ['ModifySAGAdminPassword']],
  ['DescribeSmartAccesGateway', ['DescribeSmartAccessGateways']],
  ['Nonsense', []],
  ['', []],
])('%s means %j', (word, meant) => {
  expect(nearest(word, names)).toEqual(meant)
})

test('what was meant ends a sentence, and nothing does when nothing is near', () => {
  expect(didYouMean('ListUser5', names)).toBe(' Did you mean ListUser or ListUsers?')
  expect(didYouMean('Nonsense', names)).toBe('')
})
