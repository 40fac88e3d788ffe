import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { printTable } from './print.ts'

const lines: string[] = []
beforeEach(() => {
  lines.length = 0
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
})
afterEach(() => void vi.restoreAllMocks())

test('a value of several lines stays in its cell, and cannot move the cursor', () => {
  printTable([
    { to: 'a@example.com', text: 'one\ntwo\u001b[2J' },
    { to: 'b@example.com', text: '三' },
  ])
  expect(lines).toEqual(['to             text', 'a@example.com  one\\ntwo\\u001b[2J', 'b@example.com  三'])
})

test('columns are aligned where characters are two columns wide', () => {
  printTable([
    { name: '上海-1', serial: 'a' },
    { name: 'branch-1', serial: 'b' },
  ])
  expect(lines).toEqual(['name      serial', '上海-1    a', 'branch-1  b'])
})

test('nothing to list is said', () => {
  printTable([])
  expect(lines).toEqual(['(none)'])
})
