import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { openIdentity } from './connection-identity.ts'
import { openReenrolment } from './connection-reenrolment.ts'
import { createMemoryDisk, type Disk } from './disk.ts'

const serial = 'sag1'
const key = Secret.of('reenrol-a-key-of-the-operator')

const open = (disk: Disk, given: Secret | undefined = key) =>
  openReenrolment({ disk, serial, key: given, random: randomBytes })
const identityOf = (disk: Disk) => openIdentity({ disk, serial, random: randomBytes })

async function enrolled(): Promise<Disk> {
  const disk = createMemoryDisk()
  await (await identityOf(disk)).pin('old server')
  return disk
}

test('a key of another form is not one to enrol anew with', async () => {
  expect(await open(await enrolled(), Secret.of('an-enrolment-key'))).toBeUndefined()
  expect(await openReenrolment({ disk: await enrolled(), serial, key: undefined, random: randomBytes })).toBeUndefined()
})

test('until a server has proved that it knows the key, the old identity counts, and the next keys stay the same', async () => {
  const disk = await enrolled()
  const old = await identityOf(disk)
  const first = await open(disk)
  const again = await open(disk)
  expect(again?.signing.publicKey).toBe(first?.signing.publicKey)
  expect(first?.signing.publicKey).not.toBe(old.signing.publicKey)
  const now = await identityOf(disk)
  expect([now.signing.publicKey, now.serverKey()]).toEqual([old.signing.publicKey, 'old server'])
})

test('another key of the operator makes other keys', async () => {
  const disk = await enrolled()
  const first = await open(disk)
  const second = await open(disk, Secret.of('reenrol-another'))
  expect(second?.signing.publicKey).not.toBe(first?.signing.publicKey)
})

test('a key that has served does not serve again, and no private key is left behind', async () => {
  const disk = await enrolled()
  const pending = await open(disk)
  await pending?.confirm('new server')
  const now = await identityOf(disk)
  expect([now.signing.publicKey, now.sealing.publicKey, now.serverKey()]).toEqual([
    pending?.signing.publicKey,
    pending?.sealing.publicKey,
    'new server',
  ])
  expect(await open(disk)).toBeUndefined()
  expect(await disk.read('reenrolment.json')).not.toContain('signing')
})

test.each([1, 2, 3, 4, 5].flatMap((cut) => [true, false].map((lands) => [cut, lands] as const)))(
  'cut short at write %i (it lands: %s) it is wholly the old identity or wholly the new one',
  async (cut, lands) => {
    const disk = await enrolled()
    const old = (await identityOf(disk)).signing.publicKey
    let writes = 0
    const failing: Disk = {
      ...disk,
      async write(name, content) {
        writes++
        if (writes === cut && lands) await disk.write(name, content)
        if (writes >= cut) throw new Error('power cut')
        await disk.write(name, content)
      },
    }
    let next: string | undefined
    try {
      const pending = await open(failing)
      next = pending?.signing.publicKey
      await pending?.confirm('new server')
    } catch (error) {
      expect((error as Error).message).toBe('power cut')
    }
    // As the agent starts: what was decided is completed before anything is believed.
    const again = await open(disk)
    const now = await identityOf(disk)
    const isNew = now.signing.publicKey !== old
    expect([now.signing.publicKey, now.serverKey()]).toEqual(isNew ? [next, 'new server'] : [old, 'old server'])
    expect(again === undefined).toBe(isNew)
    // The keys it may have told a server of are those it goes on with.
    if (!isNew && next !== undefined) expect(again?.signing.publicKey).toBe(next)
  },
)

test('a damaged file is an error, and is not quoted', async () => {
  const disk = await enrolled()
  await disk.write('reenrolment.json', '{"signing":"do not quote"')
  await expect(open(disk)).rejects.toThrow('The file reenrolment.json of this gateway is damaged.')
})
