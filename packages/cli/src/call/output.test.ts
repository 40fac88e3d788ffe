import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CommandFailure, UsageError } from '../exit.ts'
import { printerOf } from './output.ts'

const answer = {
  TotalCount: 2,
  Gateways: {
    Gateway: [
      { Id: 'sag-1', Name: 'one', Links: { Link: [] } },
      { Id: 'sag-2', Name: 'two', Links: { Link: [] } },
    ],
  },
}

let printed: string[]
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text))
})
afterEach(() => vi.restoreAllMocks())

async function print(options: { readonly output?: 'json' | 'table'; readonly query?: string }): Promise<string> {
  const { output = 'json', query } = options
  ;(await printerOf({ output, ...(query === undefined ? {} : { query }) }))(answer)
  return printed.join('\n')
}

test('an answer is JSON', async () => {
  expect(JSON.parse(await print({}))).toEqual(answer)
})

test.each([
  ['Gateways.Gateway[].Id', ['sag-1', 'sag-2']],
  ["Gateways.Gateway[?Name=='two'].Id | [0]", 'sag-2'],
  ['length(Gateways.Gateway)', 2],
  ['Missing', null],
])('of an answer %s selects a part', async (query, part) => {
  expect(JSON.parse(await print({ query }))).toEqual(part)
})

test('a table has a row for each item of the one list of an answer', async () => {
  expect(await print({ output: 'table' })).toMatch(/^Id +Name +Links\nsag-1 +one +.*\nsag-2 +two +.*$/)
})

test.each([
  ['Gateways.Gateway[].[Id, Name]', /^1 +2\nsag-1 +one\nsag-2 +two$/],
  ['Gateways.Gateway[].{Which: Id}', /^Which\nsag-1\nsag-2$/],
  ['Gateways.Gateway[].Id', /^Value\nsag-1\nsag-2$/],
  ['TotalCount', /^Value: 2$/],
  ['{Count: TotalCount}', /^Count: 2$/],
])('a table of %s', async (query, table) => {
  expect(await print({ output: 'table', query })).toMatch(table)
})

test.each(['Gateways[', 'a b', "Gateways.Gateway[?Name='two']", 'a ||'])(
  '%s is refused before anything is sent',
  async (query) => {
    await expect(printerOf({ output: 'json', query })).rejects.toThrow(UsageError)
    await expect(printerOf({ output: 'json', query })).rejects.toThrow('is not a JMESPath expression')
  },
)

test('an expression that does not fit the answer leaves the whole answer, because the call was made', async () => {
  await expect(print({ query: 'length(TotalCount)' })).rejects.toThrow(CommandFailure)
  expect(JSON.parse(printed.join('\n'))).toEqual(answer)
})
