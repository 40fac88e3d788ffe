import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openIdentity } from './connection-identity.ts'
import type { Disk } from './disk.ts'

/** A disk whose next write can be read and is not durable, as when the sync of its folder fails. */
function createFailingDisk(): Disk & { fails: boolean; cutPower(): void } {
  const visible = new Map<string, string>()
  const durable = new Map<string, string>()
  const disk = {
    fails: false,
    read: async (name: string) => visible.get(name),
    async write(name: string, content: string) {
      visible.set(name, content)
      if (disk.fails) throw new Error('The folder could not be synced.')
      durable.set(name, content)
    },
    async settle(name: string) {
      const content = visible.get(name)
      if (content !== undefined) await disk.write(name, content)
    },
    cutPower() {
      visible.clear()
      for (const [name, content] of durable) visible.set(name, content)
    },
  }
  return disk
}

test('keys whose write failed are durable before anybody is told of them', async () => {
  const disk = createFailingDisk()
  const serial = 'sag00001'
  disk.fails = true
  await expect(openIdentity({ disk, serial, random: randomBytes })).rejects.toThrow('could not be synced')
  disk.fails = false
  const before = await openIdentity({ disk, serial, random: randomBytes })
  disk.cutPower()
  const after = await openIdentity({ disk, serial, random: randomBytes })
  expect(after.signing.publicKey).toBe(before.signing.publicKey)
})
