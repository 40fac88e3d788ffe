import { randomBytes } from 'node:crypto'
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

test.each(['identity.json', 'server.json', 'ticket.json'])(
  'a damaged %s is an error, and is not quoted',
  async (name) => {
    const disk = createMemoryDisk()
    await open(disk)
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
