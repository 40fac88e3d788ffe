import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { until } from '../../../test/support/time.ts'
import { rebootBy } from './reboot-command.ts'

test('the program runs when the gateway has agreed and is told to go on, not before; a failure is logged', async () => {
  const error = vi.fn()
  const logger = pino({ level: 'error', hooks: { logMethod: (args) => error(...args) } })
  const begin = rebootBy([process.execPath, '-e', 'process.exit(3)'], logger)(undefined)
  expect(error).not.toHaveBeenCalled()
  begin?.()
  await until('it is logged', () => error.mock.calls.length > 0)
  expect(error).toHaveBeenCalledOnce()
  expect(String(error.mock.calls[0]?.[0].err)).toContain('ended with 3')
})

test('another firmware is nothing a program of the system brings', () => {
  expect(rebootBy(['true'], pino({ level: 'silent' }))('2.4.0.0')).toBeUndefined()
})
