import { emptyRecord, type PasswordRecord, Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { executorPorts, type PasswordAnswer, type PasswordLink, type PasswordMemory } from './admin-password-ports.ts'
import { createMemoryDisk, type Disk } from './disk.ts'
import type { Vault } from './vault.ts'

const record: PasswordRecord = { ...emptyRecord, generation: 3 }

function world(over: Partial<Disk> = {}) {
  const done: string[] = []
  const memory: PasswordMemory = { record: undefined, isSet: false, epoch: 0, failure: undefined }
  const files = createMemoryDisk()
  const disk: Disk = {
    ...files,
    async settle(name) {
      done.push(`settle ${name}`)
    },
    async read(name) {
      done.push(`read ${name}`)
      return files.read(name)
    },
    ...over,
  }
  const vault = {
    async settle() {
      done.push('settle the vault')
    },
    async current() {
      done.push('read the vault')
      return undefined
    },
  } as Vault
  return { done, memory, world: { disk, vault, memory, endSessions: () => void done.push('sessions end') } }
}

function link(isCurrent: boolean): PasswordLink & { readonly sent: PasswordAnswer[] } {
  const sent: PasswordAnswer[] = []
  return {
    sent,
    isCurrent: () => isCurrent,
    open: () => Promise.reject(new Error('not asked')),
    deposit: () => 'deposit',
    send: (answer) => void sent.push(answer),
    problem: () => {},
  }
}

test('what is on the disk and in the vault is made durable before it is relied on', async () => {
  const { done, world: given } = world()
  await executorPorts(given, undefined).read({ do: 'read' })
  expect(done).toEqual([
    'settle password-change.json',
    'settle the vault',
    'read password-change.json',
    'read the vault',
  ])
})

test.each([
  ['is wiped once it is hashed', async () => 'hash'],
  ['is wiped also when it could not be', () => Promise.reject(new Error('no memory'))],
])('an opened password %s', async (_title, hash: Vault['hash']) => {
  const { world: given } = world()
  const password = Secret.of('Gateway_2024')
  const seen: string[] = []
  const vault: Vault = {
    ...given.vault,
    hash(opened) {
      seen.push(opened.reveal())
      return hash(opened)
    },
  }
  const ports = executorPorts({ ...given, vault }, { ...link(true), open: async () => password })
  await Promise.resolve(ports.prepare({ do: 'prepare', changeId: 'c', generation: 1 })).catch(() => {})
  expect(seen).toEqual(['Gateway_2024'])
  expect(() => password.reveal()).toThrow('no value')
})

test('a write that failed leaves nothing known: the next order reads anew', async () => {
  const { memory, world: given } = world({ write: () => Promise.reject(new Error('no space left')) })
  memory.record = record
  const writing = executorPorts(given, undefined)['write-record']({ do: 'write-record', record })
  await expect(writing).rejects.toThrow('no space left')
  expect(memory.record).toBeUndefined()
})

test.each([
  ['is heard on the connection that it belongs to', true, ['ack', 'settled']],
  ['is told to nobody on one that has ended', false, []],
])('an answer %s', async (_title, isCurrent, kinds) => {
  const given = link(isCurrent)
  const ports = executorPorts(world().world, given)
  await ports.acknowledge({ do: 'acknowledge', changeId: 'c', generation: 1, hash: 'h' })
  await ports.send({ do: 'send', message: { kind: 'settled', changeId: 'c' } })
  expect(given.sent.map(({ kind }) => kind)).toEqual(kinds)
})
