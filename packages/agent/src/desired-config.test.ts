import type { MarkedConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { openDesiredConfig } from './desired-config.ts'
import { createMemoryDisk } from './disk.ts'

const desired: MarkedConfig = {
  instanceId: 'sag-one',
  revision: 7,
  config: {
    cidrs: ['10.0.0.0/24'],
    routingStrategy: 'static',
    securityLockThreshold: 3600,
    snat: [{ cidr: '10.0.0.0/24', ip: '192.168.0.1' }],
    remoteAccessIp: '10.10.10.2',
    probeAddresses: [],
  },
}

test('a new gateway holds none', async () => {
  const config = await openDesiredConfig(createMemoryDisk())
  expect([config.inForce(), config.mark()]).toEqual([undefined, undefined])
})

test('what it was given is in force, and again after a restart', async () => {
  const disk = createMemoryDisk()
  await (await openDesiredConfig(disk)).apply(desired)
  const config = await openDesiredConfig(disk)
  expect(config.inForce()).toEqual(desired)
  expect(config.mark()).toEqual({ instanceId: 'sag-one', revision: 7 })
})

test('a lower revision and one of another instance take its place: the server knows which is the newest', async () => {
  const config = await openDesiredConfig(createMemoryDisk())
  await config.apply(desired)
  await config.apply({ ...desired, revision: 2 })
  expect(config.mark()?.revision).toBe(2)
  await config.apply({ ...desired, instanceId: 'sag-two', revision: 1 })
  expect(config.mark()).toEqual({ instanceId: 'sag-two', revision: 1 })
})

test('taken away it stays away over a restart', async () => {
  const disk = createMemoryDisk()
  const config = await openDesiredConfig(disk)
  await config.apply(desired)
  await config.apply(undefined)
  expect(config.inForce()).toBeUndefined()
  expect((await openDesiredConfig(disk)).inForce()).toBeUndefined()
})

test('what the disk does not take is not in force', async () => {
  const disk = createMemoryDisk()
  const config = await openDesiredConfig({ ...disk, write: () => Promise.reject(new Error('disk full')) })
  await expect(config.apply(desired)).rejects.toThrow('disk full')
  expect(config.inForce()).toBeUndefined()
})

test('a damaged file is an error, not a gateway without configuration', async () => {
  const disk = createMemoryDisk()
  await disk.write('desired-config.json', '{"instanceId":"sag-one"}')
  await expect(openDesiredConfig(disk)).rejects.toThrow()
})
