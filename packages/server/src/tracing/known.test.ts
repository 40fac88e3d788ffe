import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const server = join(import.meta.dirname, '..')

test('a text of which only a person knows that the program made it is taken by these alone', () => {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!test)\.ts$/.test(file))
  const taking = files.filter((file) => readFileSync(join(server, file), 'utf8').includes('ownText('))
  expect(taking.map((file) => relative('.', file)).sort()).toEqual([
    // Kinds of messages that are in the sources.
    'bus/traced-bus.ts',
    // What is declared, whose the key is, the id of the request, and a region that exists.
    'rpc/call-span.ts',
    'tracing/known.ts',
    // The code of an answer, the class of an error.
    'tracing/tracing.ts',
  ])
})
