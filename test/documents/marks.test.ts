import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { documents } from './documents.ts'
import { outcomes } from './outcomes.ts'
import { commandsOf, shellBlocks } from './shell.ts'

const blocks = shellBlocks()
const documentsInOrder = Object.keys(outcomes)
const place = ({ document, at }: { readonly document: string; readonly at: number }): string => `${document}:${at}`

test('every block of shell in a document says where it is run, or why it is not', () => {
  expect(blocks.length).toBeGreaterThan(40)
  expect(blocks.filter(({ meaning }) => meaning === undefined).map(place)).toEqual([])
})

test('the tests that such a mark names are there', () => {
  const named = blocks.flatMap(({ meaning, ...block }) =>
    meaning?.kind === 'run by' ? meaning.tests.map((file) => ({ file, at: place(block) })) : [],
  )
  expect(named.filter(({ file }) => !/\.test\.ts$/.test(file) || !existsSync(join(root, file)))).toEqual([])
})

test('such a mark stands above a block of shell only', () => {
  const marks = documents().flatMap((document) =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/^ *<!-- (not )?run[ :>]/gm)].map(() => document),
  )
  expect(marks.sort()).toEqual(blocks.map(({ document }) => document).sort())
})

test('of each command that is to be run, what comes of it is known, and of no other', () => {
  const commands = blocks
    .filter(({ meaning }) => meaning?.kind === 'run')
    .flatMap((block) => commandsOf(block).map((command) => ({ document: block.document, command })))
  const known = Object.entries(outcomes).flatMap(([document, steps]) =>
    steps.map(({ command }) => ({ document, command })),
  )
  const sorted = commands.toSorted(
    (one, other) => documentsInOrder.indexOf(one.document) - documentsInOrder.indexOf(other.document),
  )
  // What is known of a command begins as the command does.
  const begun = sorted.map(({ document, command }, index) => {
    const { command: beginning = command } = known[index] ?? {}
    return { document, command: command.startsWith(beginning) ? beginning : command }
  })
  expect(begun).toEqual(known)
})
