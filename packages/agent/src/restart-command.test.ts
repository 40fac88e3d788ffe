import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { until } from '../../../test/support/time.ts'
import { restartBy } from './restart-command.ts'

const silent = pino({ level: 'silent' })
const none = { reboot: undefined, upgrade: undefined }

test('the program runs when the gateway has agreed and is told to go on, not before; a failure is logged', async () => {
  const error = vi.fn()
  const logger = pino({ level: 'error', hooks: { logMethod: (args) => error(...args) } })
  const begin = restartBy({ ...none, reboot: [process.execPath, '-e', 'process.exit(3)'] }, logger)(undefined)
  expect(error).not.toHaveBeenCalled()
  begin?.()
  await until('it is logged', () => error.mock.calls.length > 0)
  expect(error).toHaveBeenCalledOnce()
  expect(String(error.mock.calls[0]?.[0].err)).toContain('ended with 3')
})

test('the program that upgrades gets the version behind its own arguments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-restart-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'given')
  const upgrade = ['sh', '-c', 'echo "$@" > "$0.new" && mv "$0.new" "$0"', file, 'to'] as const
  restartBy({ reboot: ['false'], upgrade }, silent)('2.4.0.0')?.()
  await until('it has run', () => {
    try {
      return readFileSync(file, 'utf8') === 'to 2.4.0.0\n'
    } catch {
      // Not yet.
      return false
    }
  })
})

test('a gateway refuses what it has no program for', () => {
  expect(restartBy({ ...none, reboot: ['true'] }, silent)('2.4.0.0')).toBeUndefined()
  expect(restartBy({ ...none, upgrade: ['true'] }, silent)(undefined)).toBeUndefined()
})
