import { createManualTime, type MarkedConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { openDesiredConfig } from './desired-config.ts'
import { createMemoryDisk, type Disk } from './disk.ts'

const withinMs = 1000
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
const newer: MarkedConfig = { ...desired, revision: 8, config: { ...desired.config, cidrs: [] } }

test('a new gateway holds none', async () => {
  const config = await openDesiredConfig({ disk: createMemoryDisk() })
  expect([config.inForce(), config.status(), config.trial()]).toEqual([undefined, {}, 0])
})

test('what it was given is in force on trial, and again after a restart', async () => {
  const disk = createMemoryDisk()
  const { timers } = createManualTime()
  await (await openDesiredConfig({ disk, timers })).configure(desired, withinMs)
  const config = await openDesiredConfig({ disk, timers })
  expect(config.inForce()).toEqual(desired)
  expect(config.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 7 }, trial: 1 })
})

test('once it is confirmed it stays in force, and no time runs any more', async () => {
  const time = createManualTime()
  const config = await openDesiredConfig({ disk: createMemoryDisk(), timers: time.timers })
  await config.configure(desired, withinMs)
  await config.confirm(1, config.trial())
  expect(config.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 7 } })
  expect(time.pending()).toBe(0)
})

test('what nobody confirms in time is taken back at its system, and told', async () => {
  const time = createManualTime()
  const applied: (number | undefined)[] = []
  const config = await openDesiredConfig({
    disk: createMemoryDisk(),
    timers: time.timers,
    apply: async (one) => void applied.push(one?.revision),
  })
  await config.configure(desired, withinMs)
  await config.confirm(1, config.trial())
  let told = 0
  config.onTell(() => told++)
  await config.configure(newer, withinMs)
  time.advance(withinMs)
  await config.settled()
  expect(applied).toEqual([undefined, 7, 8, 7])
  expect(told).toBe(2)
  expect(config.status()).toEqual({
    applied: { instanceId: 'sag-one', revision: 7 },
    reverted: { instanceId: 'sag-one', revision: 8, reason: 'unconfirmed' },
  })
})

test('what its system does not take is given up at once', async () => {
  const { timers } = createManualTime()
  const problems: unknown[] = []
  const config = await openDesiredConfig({
    disk: createMemoryDisk(),
    timers,
    apply: (one) => (one === undefined ? Promise.resolve() : Promise.reject(new Error('no such interface'))),
    problem: (error) => problems.push(error),
  })
  await config.configure(desired, withinMs)
  expect(config.status()).toEqual({ reverted: { instanceId: 'sag-one', revision: 7, reason: 'failed' } })
  expect(problems).toHaveLength(1)
})

test('what fails at its system without an older one is tried again until it is in force', async () => {
  const time = createManualTime()
  const disk = createMemoryDisk()
  const first = await openDesiredConfig({ disk, timers: time.timers })
  await first.configure(desired, withinMs)
  await first.confirm(1, first.trial())
  let isBroken = true
  const config = await openDesiredConfig({
    disk,
    timers: time.timers,
    apply: () => (isBroken ? Promise.reject(new Error('not yet')) : Promise.resolve()),
  })
  expect(config.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 7 }, failing: true })
  isBroken = false
  time.advance(60_000)
  await config.settled()
  expect(config.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 7 } })
})

test('of several that come while one is being put in force only the last is taken', async () => {
  const { timers } = createManualTime()
  const applied: (number | undefined)[] = []
  let finish = (): void => {}
  const slow = new Promise<void>((resolve) => {
    finish = resolve
  })
  const config = await openDesiredConfig({
    disk: createMemoryDisk(),
    timers,
    async apply(one) {
      applied.push(one?.revision)
      if (one?.revision === 7) await slow
    },
  })
  const all = [7, 8, 9].map((revision) => config.configure({ ...newer, revision }, withinMs))
  finish()
  await Promise.all(all)
  expect(applied.slice(1)).toEqual([9])
  expect(config.inForce()?.revision).toBe(9)
})

test('a lower revision and one of another instance take its place: the server knows which is the newest', async () => {
  const { timers } = createManualTime()
  const config = await openDesiredConfig({ disk: createMemoryDisk(), timers })
  await config.configure(desired, withinMs)
  await config.configure({ ...newer, revision: 2 }, withinMs)
  expect(config.status().applied?.revision).toBe(2)
  await config.configure({ ...desired, instanceId: 'sag-two', revision: 1 }, withinMs)
  expect(config.status().applied).toEqual({ instanceId: 'sag-two', revision: 1 })
})

test('taken away it stays away over a restart', async () => {
  const disk = createMemoryDisk()
  const { timers } = createManualTime()
  const config = await openDesiredConfig({ disk, timers })
  await config.configure(desired, withinMs)
  await config.configure(undefined, withinMs)
  expect(config.inForce()).toBeUndefined()
  expect((await openDesiredConfig({ disk, timers })).inForce()).toBeUndefined()
})

/** A disk that can be made to take nothing. */
function fillable(): Disk & { full: boolean } {
  const disk = createMemoryDisk()
  const fillable = {
    full: false,
    read: disk.read,
    settle: disk.settle,
    write: (name: string, content: string) =>
      fillable.full ? Promise.reject(new Error('disk full')) : disk.write(name, content),
  }
  return fillable
}

test('what the disk does not take is not in force', async () => {
  const disk = fillable()
  const config = await openDesiredConfig({ disk })
  disk.full = true
  await expect(config.configure(desired, withinMs)).rejects.toThrow('disk full')
  expect(config.inForce()).toBeUndefined()
})

test('a full disk does not keep it cut off: it goes back at its system, and writes that when it can', async () => {
  const time = createManualTime()
  const disk = fillable()
  const applied: (number | undefined)[] = []
  const config = await openDesiredConfig({
    disk,
    timers: time.timers,
    apply: async (one) => void applied.push(one?.revision),
  })
  await config.configure(desired, withinMs)
  disk.full = true
  time.advance(withinMs)
  await config.settled()
  expect(applied).toEqual([undefined, 7, undefined])
  expect(config.trial()).toBe(0)
  disk.full = false
  time.advance(60_000)
  await config.settled()
  expect(config.status()).toEqual({ reverted: { instanceId: 'sag-one', revision: 7, reason: 'unconfirmed' } })
})

test('what the server says meanwhile does not keep it from writing that it went back', async () => {
  const time = createManualTime()
  const disk = fillable()
  const config = await openDesiredConfig({ disk, timers: time.timers })
  await config.configure(desired, withinMs)
  disk.full = true
  time.advance(withinMs)
  await config.settled()
  // It can be reached again, says that it holds one on trial, and is told what every such gateway is told.
  await config.confirm(1, config.trial())
  await config.configure(desired, withinMs)
  disk.full = false
  time.advance(60_000)
  await config.settled()
  expect(config.status()).toEqual({ reverted: { instanceId: 'sag-one', revision: 7, reason: 'unconfirmed' } })
})

test('a full disk does not keep a gateway on trial from starting', async () => {
  const time = createManualTime()
  const disk = fillable()
  await (await openDesiredConfig({ disk, timers: time.timers })).configure(desired, withinMs)
  disk.full = true
  const config = await openDesiredConfig({ disk, timers: time.timers })
  expect(config.trial()).toBe(1)
})

test('a file written before there were trials is read', async () => {
  const disk = createMemoryDisk()
  await disk.write('desired-config.json', JSON.stringify(desired))
  expect((await openDesiredConfig({ disk })).inForce()).toEqual(desired)
  await disk.write('desired-config.json', 'null')
  expect((await openDesiredConfig({ disk })).inForce()).toBeUndefined()
})

test('a damaged file is an error, not a gateway without configuration', async () => {
  const disk = createMemoryDisk()
  await disk.write('desired-config.json', '{"instanceId":"sag-one"}')
  await expect(openDesiredConfig({ disk })).rejects.toThrow()
})
