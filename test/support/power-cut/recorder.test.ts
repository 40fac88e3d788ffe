import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { afterKill } from './disk.ts'
import { contentsOf, rebuild, recordedSteps, recording, whatRecordingNeeds } from './recorder.ts'
import type { Step } from './step.ts'
import { readStraceLog } from './strace-log.ts'

const before = new Map([
  ['there', undefined],
  ['there/file', Buffer.from('what was there')],
])

describe.skipIf(whatRecordingNeeds !== undefined)(
  `a recorded program${whatRecordingNeeds ? ` (${whatRecordingNeeds})` : ''}`,
  () => {
    let place: string
    beforeEach(() => {
      place = mkdtempSync(join(tmpdir(), 'opensag-recorder-'))
      rebuild(join(place, 'watched'), before)
    })
    afterEach(() => rmSync(place, { recursive: true, force: true }))

    function record(script: string): readonly Step[] {
      const [command = '', ...args] = [...recording(join(place, 'log')), process.execPath, '--eval', script, place]
      const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return recordedSteps(join(place, 'log'), join(place, 'watched'))
    }

    const start = `
      const fs = require('node:fs')
      const { join } = require('node:path')
      const at = (...names) => join(process.argv[1], 'watched', ...names)
    `

    test('did what is seen on the disk afterwards', () => {
      const steps = record(`${start}
        fs.mkdirSync(at('new'))
        fs.writeFileSync(at('new', 'a'), 'first')
        fs.writeFileSync(at('new', 'a'), 'sec')
        const file = fs.openSync(at('there', 'file'), 'r+')
        fs.writeSync(file, 'WHAT')
        fs.writeSync(file, '!', 20)
        fs.writevSync(file, [Buffer.from(' '), Buffer.from('IS')])
        fs.ftruncateSync(file, 30)
        fs.fsyncSync(file)
        fs.linkSync(at('new', 'a'), at('new', 'b'))
        fs.renameSync(at('there', 'file'), at('new', 'moved'))
        fs.writeSync(file, 'x')
        fs.writeFileSync(at('gone'), Buffer.alloc(100_000, 1))
        fs.unlinkSync(at('gone'))
        fs.writeFileSync(join(process.argv[1], 'elsewhere'), 'not recorded')
        fs.promises.writeFile(at('later'), 'from another thread').then(() => console.log('said'))
      `)
      expect(afterKill(steps, before, steps.length)).toEqual(contentsOf(join(place, 'watched')))
      expect(steps.filter(({ is }) => is === 'sync')).toMatchObject([{ path: 'there/file' }])
      expect(steps.at(-1)).toEqual({ is: 'said', text: 'said\n' })
    })

    test.each([
      ['appends', "fs.appendFileSync(at('there', 'file'), 'x')", 'where a write to there/file went'],
      ['makes a symbolic link', "fs.symlinkSync('file', at('there', 'link'))", 'symlink'],
      ['moves a file out', "fs.renameSync(at('there', 'file'), join(process.argv[1], 'out'))", 'across the edge'],
    ])('that %s is not understood, and refused', (_, script, refusal) => {
      expect(() => record(start + script)).toThrow(refusal)
    })
  },
)

const hex = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '\\x$&')

test('a sync covers what had ended when it began, and nothing that ended while it ran', () => {
  const fd = `3<${hex('/w/f')}>`
  const log = [
    `1  openat(AT_FDCWD<${hex('/')}>, "${hex('/w/f')}", O_RDWR|O_CREAT, 0600) = ${fd}`,
    `1  pwrite64(${fd}, "${hex('a')}", 1, 0) = 1`,
    `1  fsync(${fd} <unfinished ...>`,
    `2  pwrite64(${fd}, "${hex('b')}", 1, 1) = 1`,
    '1  <... fsync resumed>)             = 0',
    `2  fsync(${fd}) = -1 EIO (Input/output error)`,
    `2  rename("${hex('/w/f')}", "${hex('/w/g')}" <unfinished ...>`,
  ].join('\n')
  expect(readStraceLog(log, '/w')).toEqual([
    { is: 'make-file', path: 'f' },
    { is: 'write', path: 'f', offset: 0, data: Buffer.from('a') },
    { is: 'write', path: 'f', offset: 1, data: Buffer.from('b') },
    { is: 'sync', path: 'f', covers: 2 },
  ])
})

test('what is said counts from the moment it is handed over, before the call returns', () => {
  const socket = `4<${hex('socket:[1]')}>`
  const log = `1  write(${socket}, "${hex('yes')}", 3 <unfinished ...>\n1  <... write resumed>) = 3\n`
  expect(readStraceLog(log, '/w')).toEqual([{ is: 'said', text: 'yes' }])
})

test.each([
  ['a line that is none', 'nonsense'],
  ['a buffer that was cut short', `1  write(4<${hex('socket:[1]')}>, "${hex('yes')}"..., 3) = 3`],
])('%s is refused', (_, log) => {
  expect(() => readStraceLog(log, '/w')).toThrow()
})
