import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { openAdminPassword, type PasswordLink } from './admin-password.ts'
import { createMemoryDisk } from './disk.ts'
import type { Vault } from './vault.ts'

function memoryVault(): Vault {
  let accepted: string | undefined
  return {
    current: async () => accepted,
    async replace(hash) {
      accepted = hash
    },
    settle: async () => {},
    hash: async (password) => `hash of ${password.reveal()}`,
    verify: async (password, hash) => hash === `hash of ${password.reveal()}`,
  }
}

function link(isCurrent: boolean): PasswordLink {
  return {
    isCurrent: () => isCurrent,
    open: async () => Secret.of('new'),
    deposit: () => 'deposit',
    send: () => {},
    problem: () => {},
  }
}

test('a verdict that came by a connection which has ended is void: the next one settles', async () => {
  const password = await openAdminPassword({ disk: createMemoryDisk(), vault: memoryVault() })
  await password.receive({ is: 'set', changeId: 'one', generation: 1 }, link(true))
  const before = await password.status()
  expect(before).toEqual({ generation: 1, unsettled: 'one', holds: undefined })
  for (const verdict of ['confirm', 'revert'] as const) {
    await password.receive({ is: 'settle', changeId: 'one', verdict }, link(false))
    expect(await password.status()).toEqual(before)
  }
  await password.receive({ is: 'settle', changeId: 'one', verdict: 'confirm' }, link(true))
  expect(await password.status()).toMatchObject({ generation: 1, unsettled: undefined, holds: 'one' })
})
