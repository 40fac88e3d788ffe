import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { consoleCodeFile, isCode, openConsoleCode } from './console-code.ts'
import { createMemoryDisk } from './disk.ts'

test('a code is made once, kept on the disk for a person to read, and another one on another machine', async () => {
  const disk = createMemoryDisk()
  const code = (await openConsoleCode(disk, randomBytes)).reveal()
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(await disk.read(consoleCodeFile)).toBe(`${code}\n`)
  expect((await openConsoleCode(disk, randomBytes)).reveal()).toBe(code)
  expect((await openConsoleCode(createMemoryDisk(), randomBytes)).reveal()).not.toBe(code)
})

test.each(['10AB-CDEF-GHJK', '10abcdefghjk', ' loab cdef ghjk ', 'IO-AB-CD-EF-GH-JK'])('%j is that code', (given) => {
  expect(isCode(given, Secret.of('10AB-CDEF-GHJK'))).toBe(true)
})

test.each(['', '10AB-CDEF-GHJM', '10AB-CDEF-GHJ', '10AB-CDEF-GHJKK'])('%j is not', (given) => {
  expect(isCode(given, Secret.of('10AB-CDEF-GHJK'))).toBe(false)
})
