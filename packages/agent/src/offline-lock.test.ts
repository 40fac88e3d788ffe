import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createMemoryDisk } from './disk.ts'
import { startGateway } from './gateway.ts'
import { openOfflineLock } from './offline-lock.ts'
import { createFileVault } from './vault-file.ts'

test('a lock outlives restarts, until it is opened', async () => {
  const disk = createMemoryDisk()
  const lock = await openOfflineLock(disk)
  expect(lock.isLocked()).toBe(false)
  await lock.set(true)
  expect((await openOfflineLock(disk)).isLocked()).toBe(true)
  await lock.set(false)
  expect((await openOfflineLock(disk)).isLocked()).toBe(false)
})

test('the console of a locked gateway is closed, and the reset button does not open it', async () => {
  const disk = createMemoryDisk()
  const lock = await openOfflineLock(disk)
  await lock.set(true)
  const gateway = await startGateway({
    serial: 'sag32a30000',
    model: 'sag-1000',
    version: '2.3.1.1',
    disk,
    vault: createFileVault({ disk }),
    logger: pino({ enabled: false }),
    serverUrl: 'ws://127.0.0.1:1/channel',
    console: { host: '127.0.0.1', port: 0 },
  })
  try {
    await gateway.pressReset('everything')
    expect(gateway.locked()).toBe(true)
    for (const path of ['/', '/setup', '/login']) {
      const answer = await fetch(`${gateway.consoleUrl}${path}`)
      expect([answer.status, await answer.text()]).toEqual([423, expect.stringContaining('is locked')])
    }
    const body = new URLSearchParams({ username: 'admin', password: 'First_pass1', repeat: 'First_pass1' })
    expect((await fetch(`${gateway.consoleUrl}/setup`, { method: 'POST', body })).status).toBe(423)
    expect(gateway.adminPassword.isSet()).toBe(false)
  } finally {
    await gateway.stop()
  }
})
