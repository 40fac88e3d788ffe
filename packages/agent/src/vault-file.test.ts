import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createMemoryDisk } from './disk.ts'
import { createFileVault } from './vault-file.ts'

test('the hash is argon2id at the agreed cost, opens with its password only, and survives a restart', async () => {
  const disk = createMemoryDisk()
  const vault = createFileVault({ disk })
  expect(await vault.current()).toBeUndefined()

  const hash = await vault.hash(Secret.of('First_pass1'))
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await vault.replace(hash)

  const again = createFileVault({ disk })
  expect(await again.current()).toBe(hash)
  expect(await again.verify(Secret.of('First_pass1'), hash)).toBe(true)
  expect(await again.verify(Secret.of('first_pass1'), hash)).toBe(false)
})

test('cleared, no hash is accepted', async () => {
  const vault = createFileVault({ disk: createMemoryDisk() })
  await vault.replace(await vault.hash(Secret.of('First_pass1')))
  await vault.replace(undefined)
  expect(await vault.current()).toBeUndefined()
})

test('the same password never has the same hash twice', async () => {
  const vault = createFileVault({ disk: createMemoryDisk() })
  expect(await vault.hash(Secret.of('First_pass1'))).not.toBe(await vault.hash(Secret.of('First_pass1')))
})

test('a damaged file is an error, not "no password"', async () => {
  const disk = createMemoryDisk()
  await disk.write('admin-hash.json', '{"hash":7}')
  await expect(createFileVault({ disk }).current()).rejects.toThrow()
})
