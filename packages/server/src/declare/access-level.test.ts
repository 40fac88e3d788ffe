import { expect, test } from 'vitest'
import { accessLevelOf } from './access-level.ts'
import type { Access } from './operation.ts'

const access = (level: Access['level'], more: Partial<Access> = {}): Access => ({
  action: 'smartag:X',
  level,
  resource: '*',
  dependent: [],
  ...more,
})

test.each([
  ['DescribeX', 'Read', 'get'],
  ['ListX', 'List', 'list'],
  ['CreateX', 'Write', 'create'],
  ['AddX', 'Write', 'create'],
  ['DeleteX', 'Write', 'delete'],
  ['RemoveX', 'Write', 'update'],
  ['ModifyX', 'Write', 'update'],
] as const)('%s, which no page has a level for, is %s and %s by its verb', (name, level, expected) => {
  expect(accessLevelOf({ name, access: access(level) })).toEqual({ level: expected, isDerived: true })
})

test('what a page prints counts, whatever the verb', () => {
  const printed = access('Write', { printed: 'create' })
  expect(accessLevelOf({ name: 'TagX', access: printed })).toEqual({ level: 'create', isDerived: false })
})
