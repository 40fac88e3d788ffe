import { expect, test } from 'vitest'
import { operatorCommand } from './operator.ts'

test('every group and every command of operator says what it does', () => {
  const groups = operatorCommand().commands
  const silent = groups.flatMap((group) => [group, ...group.commands]).filter((one) => one.description() === '')
  expect(silent.map((one) => one.name())).toEqual([])
  expect(groups.length).toBeGreaterThan(10)
})
