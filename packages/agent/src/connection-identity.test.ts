import { randomBytes } from 'node:crypto'
import { announced, createKeyPair, prepared, type ServerKeys, signSwitch, switched } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { type Identity, openIdentity } from './connection-identity.ts'
import { createMemoryDisk, type Disk } from './disk.ts'

const open = (disk: Disk, serial = 'sag1'): Promise<Identity> => openIdentity({ disk, serial, random: randomBytes })

/** A disk whose writes take their time, and can fail. */
function slowDisk(): Disk & { fails: boolean; readonly written: string[] } {
  const files = createMemoryDisk()
  const disk = {
    ...files,
    fails: false,
    written: [] as string[],
    async write(name: string, content: string) {
      await new Promise((resolve) => setImmediate(resolve))
      if (disk.fails) throw new Error('no space left')
      await files.write(name, content)
      disk.written.push(name)
    },
  }
  return disk
}

test('its keys are on the disk before anybody is told of them, and the same ever after', async () => {
  const disk = slowDisk()
  const identity = await open(disk)
  expect(disk.written).toEqual(['identity.json'])
  const again = await open(disk)
  expect(again.signing.publicKey).toBe(identity.signing.publicKey)
  expect(again.sealing.publicKey).toBe(identity.sealing.publicKey)
})

test('a disk that does not take them makes no gateway', async () => {
  const disk = slowDisk()
  disk.fails = true
  await expect(open(disk)).rejects.toThrow('no space left')
})

test('the disk of another gateway is not its own', async () => {
  const disk = createMemoryDisk()
  await open(disk, 'sag1')
  await expect(open(disk, 'sag2')).rejects.toThrow('the one of the gateway sag1')
})

test.each(['identity.json', 'server.json', 'server-next.json', 'ticket.json'])(
  'a damaged %s is an error, and is not quoted',
  async (name) => {
    const disk = createMemoryDisk()
    await (await open(disk)).pin('one')
    await disk.write(name, '{"secret":"do not quote"')
    await expect(open(disk)).rejects.toThrow(`The file ${name} of this gateway is damaged.`)
  },
)

test('its server is the first one it believed, for ever', async () => {
  const disk = slowDisk()
  const identity = await open(disk)
  await identity.pin('one')
  await expect(identity.pin('another')).rejects.toThrow('has a server already')
  expect((await open(disk)).serverKey()).toBe('one')
})

/** A server that has prepared its next key, and the same after its switch. */
function succession() {
  const first: ServerKeys = { present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] }
  const ready = prepared(first, randomBytes)
  const named = announced(ready)
  if (named === undefined) throw new Error('Nothing is prepared.')
  return { old: first.present, named, after: switched(ready) }
}

async function enrolled(disk: Disk, key: string): Promise<Identity> {
  const identity = await open(disk)
  await identity.pin(key)
  return identity
}

test('a successor is believed beside the pinned key once it is on the disk', async () => {
  const disk = slowDisk()
  const { named } = succession()
  const identity = await enrolled(disk, named.by)
  const naming = identity.nameSuccessor(named)
  expect(identity.successor()).toBeUndefined()
  expect(await naming).toBe(true)
  expect([identity.serverKey(), identity.successor()]).toEqual([named.by, named.key])
  const again = await open(disk)
  expect([again.serverKey(), again.successor()]).toEqual([named.by, named.key])
  // A program of 0.1.0 reads this file strictly.
  expect(await disk.read('server.json')).toBe(JSON.stringify({ serverKey: named.by }))
})

test('a successor that could not be kept is not believed, and can be named again', async () => {
  const disk = slowDisk()
  const { named } = succession()
  const identity = await enrolled(disk, named.by)
  disk.fails = true
  await expect(identity.nameSuccessor(named)).rejects.toThrow('no space left')
  expect(identity.successor()).toBeUndefined()
  disk.fails = false
  expect(await identity.nameSuccessor(named)).toBe(true)
})

test('a successor that a failed write left on the disk is the first one, and another does not replace it', async () => {
  const disk = slowDisk()
  const { old, named } = succession()
  const identity = await enrolled(disk, named.by)
  const write = disk.write
  disk.write = async (name, content) => {
    await write(name, content)
    throw new Error('could not be flushed')
  }
  await expect(identity.nameSuccessor(named)).rejects.toThrow('could not be flushed')
  disk.write = write
  const other = announced(prepared({ present: old, next: undefined, chain: [] }, randomBytes))
  if (other === undefined) throw new Error('Nothing is prepared.')
  expect(await identity.nameSuccessor(other)).toBe(false)
  expect(identity.successor()).toBe(named.key)
})

test('a proof by the successor ends the old key durably, and with it what the old key signs', async () => {
  const disk = slowDisk()
  const { old, named, after } = succession()
  const identity = await enrolled(disk, named.by)
  await identity.nameSuccessor(named)
  await identity.proved(named.key)
  const again = await open(disk)
  for (const one of [identity, again]) expect([one.serverKey(), one.successor()]).toEqual([named.key, undefined])
  const forged = announced(prepared({ present: old, next: undefined, chain: [] }, randomBytes))
  expect(await again.nameSuccessor(forged ?? named)).toBe(false)
  expect(again.successor()).toBeUndefined()
  const transcript = randomBytes(32)
  const to = { key: after.present.publicKey, signature: signSwitch(after.present, transcript) }
  expect(await again.switchTo(to, transcript)).toBe(true)
})

test('a successor that has signed the connection is the key of the server, on the disk first', async () => {
  const disk = slowDisk()
  const { named, after } = succession()
  const identity = await enrolled(disk, named.by)
  await identity.nameSuccessor(named)
  const transcript = randomBytes(32)
  const to = { key: named.key, signature: signSwitch(after.present, transcript) }
  expect(await identity.switchTo(to, randomBytes(32))).toBe(false)
  disk.fails = true
  await expect(identity.switchTo(to, transcript)).rejects.toThrow('no space left')
  expect(identity.serverKey()).toBe(named.by)
  disk.fails = false
  expect(await identity.switchTo(to, transcript)).toBe(true)
  expect((await open(disk)).serverKey()).toBe(named.key)
})

test('a ticket is presented once it is on the disk, and one that could not be kept never', async () => {
  const disk = slowDisk()
  const identity = await open(disk)
  await identity.storeTicket('first', undefined)
  const storing = identity.storeTicket('second', 'first')
  expect(identity.ticket()).toBe('first')
  await storing
  expect([identity.ticket(), identity.ticketBefore()]).toEqual(['second', 'first'])
  expect((await open(disk)).ticket()).toBe('second')
  disk.fails = true
  await expect(identity.storeTicket('third', 'second')).rejects.toThrow('no space left')
  await identity.settle()
  expect(identity.ticket()).toBe('second')
})
