import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemTimers } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { spawnDaemon } from '../daemon-process.ts'
import { removeIpsec } from './ipsec.ts'

test('what a process that died has left is taken away, and a second time there is nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ipsec-'))
  const left = spawnDaemon('charon', ['sleep', '1000'], folder)
  await removeIpsec(folder, systemTimers)
  expect((await left.ended).how).toBe('SIGTERM')
  expect(existsSync(folder)).toBe(false)
  await removeIpsec(folder, systemTimers)
})
