import { ProtocolError, Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GatewayPassword, openAdminPassword, type PasswordAnswer, type PasswordLink } from './admin-password.ts'
import { createMemoryDisk, type Disk } from './disk.ts'
import type { Vault } from './vault.ts'

/** What survives a crash, and a power cut at a write of one's choice. */
function createMachine() {
  const files = createMemoryDisk()
  let accepted: string | undefined
  let hashes = 0
  let writesLeft = Number.POSITIVE_INFINITY
  let isLate = false

  /** The write that fails is done or not done; those after it are never reached. */
  async function write(done: () => Promise<void>): Promise<void> {
    if (writesLeft-- > 0) return done()
    if (isLate) await done()
    isLate = false
    throw new Error('The power is cut.')
  }

  const disk: Disk = {
    read: files.read,
    write: (name, content) => write(() => files.write(name, content)),
    settle: async () => {},
  }
  const vault: Vault = {
    current: async () => accepted,
    replace: (hash) =>
      write(async () => {
        accepted = hash
      }),
    settle: async () => {},
    hash: async (password) => `hash ${++hashes} ${password.reveal()}`,
    verify: async (password, hash) => hash.endsWith(` ${password.reveal()}`),
  }
  return {
    open: () => openAdminPassword({ disk, vault }),
    disk,
    vault,
    cutAt(write: number, late: boolean): void {
      writesLeft = write
      isLate = late
    },
    mend(): void {
      writesLeft = Number.POSITIVE_INFINITY
    },
  }
}

function createLink(
  password: string,
  over: Partial<PasswordLink> = {},
): PasswordLink & { readonly sent: PasswordAnswer[] } {
  const sent: PasswordAnswer[] = []
  return {
    sent,
    isCurrent: () => true,
    open: async () => Secret.of(password),
    deposit: ({ hash }) => `deposit of ${hash}`,
    send: (answer) => sent.push(answer),
    problem: () => {},
    ...over,
  }
}

async function accepted(password: GatewayPassword, ...values: readonly string[]): Promise<readonly string[]> {
  const right: string[] = []
  for (const value of values) if (await password.verify(Secret.of(value))) right.push(value)
  return right
}

const set = { is: 'set', changeId: 'one', generation: 1 } as const

test('wherever the power is cut, the acknowledged password or the old one is the only one after settling', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 8 }), fc.boolean(), fc.nat({ max: 4 }), async (first, late, second) => {
      const machine = createMachine()
      await (await machine.open()).setFirst(Secret.of('old'))
      const link = createLink('new')
      machine.cutAt(first, late)
      await machine
        .open()
        .then((password) => password.receive(set, link))
        .catch((error: Error) => expect(error.message).toBe('The power is cut.'))
      const acknowledged = link.sent.some(({ kind }) => kind === 'ack')
      const verdict = acknowledged ? 'confirm' : 'revert'

      machine.cutAt(second, !late)
      const settling = createLink('new')
      await machine
        .open()
        .then((password) => password.receive({ is: 'settle', changeId: 'one', verdict }, settling))
        .catch((error: Error) => expect(error.message).toBe('The power is cut.'))
      machine.mend()
      const password = await machine.open()
      if ((await password.status()).unsettled !== undefined) {
        await password.receive({ is: 'settle', changeId: 'one', verdict }, settling)
      }
      expect(await accepted(password, 'old', 'new')).toEqual([acknowledged ? 'new' : 'old'])
    }),
  )
})

test('a password that does not open here is refused and changes nothing', async () => {
  const machine = createMachine()
  const password = await machine.open()
  await password.setFirst(Secret.of('old'))
  const link = createLink('', {
    open: async () => {
      throw new ProtocolError('A sealed password does not open here.')
    },
  })
  await password.receive(set, link)
  expect(link.sent).toEqual([{ kind: 'nack', changeId: 'one', reason: 'sealed' }])
  expect(await accepted(password, 'old')).toEqual(['old'])
})

test('an order of a connection that has ended is void', async () => {
  const password = await createMachine().open()
  const link = createLink('new', { isCurrent: () => false })
  await password.receive(set, link)
  expect(link.sent).toEqual([])
  expect(password.isSet()).toBe(false)
})

test('a report waits for the change that is being applied', async () => {
  const password = await createMachine().open()
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const applying = password.receive(set, createLink('', { open: () => opened.then(() => Secret.of('new')) }))
  const status = password.status()
  open()
  await applying
  expect(await status).toEqual({ generation: 1, unsettled: 'one', holds: undefined })
})

test('a password compared while it is being replaced is compared again', async () => {
  const machine = createMachine()
  const password = await machine.open()
  await password.setFirst(Secret.of('old'))
  const { verify } = machine.vault
  let comparisons = 0
  machine.vault.verify = async (value, hash) => {
    const right = await verify(value, hash)
    if (comparisons++ === 0) await password.receive(set, createLink('new'))
    return right
  }
  expect(await password.verify(Secret.of('old'))).toBe(false)
  expect(comparisons).toBe(2)
})

test('a damaged record is an error, not an empty one', async () => {
  const machine = createMachine()
  await machine.disk.write('password-change.json', '{"generation":1}')
  await expect(machine.open()).rejects.toThrow()
})

test('a change whose connection ended while it was being hashed is never applied', async () => {
  const machine = createMachine()
  const password = await machine.open()
  await password.setFirst(Secret.of('old'))
  let isCurrent = true
  const link = createLink('new', {
    isCurrent: () => isCurrent,
    async open() {
      isCurrent = false
      return Secret.of('new')
    },
  })
  let changes = 0
  password.onChange(() => changes++)
  await password.receive({ ...set }, link)
  expect(await accepted(password, 'old', 'new')).toEqual(['old'])
  expect(changes).toBe(0)
  expect((await password.status()).unsettled).toBeUndefined()
})
