import { randomBytes } from 'node:crypto'
import { Secret, sealBoxSecret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { openIdentity } from '../connection-identity.ts'
import { createMemoryDisk } from '../disk.ts'
import { openBoxSecrets } from './box-secrets.ts'

const serial = 'sag1'
const purpose = { section: 'lan', name: 'key' } as const

test('a secret that was sealed to the key on the disk is opened, one that was sealed to another key is not', async () => {
  const disk = createMemoryDisk()
  const secrets = openBoxSecrets({ disk, serial })
  const identity = await openIdentity({ disk, serial, random: randomBytes })
  const sealed = sealBoxSecret(identity.sealing.publicKey, Secret.of('A-key'), { serial, ...purpose }, randomBytes)
  expect((await secrets.open(sealed, purpose))?.reveal()).toBe('A-key')
  expect(await secrets.open(sealed, { ...purpose, name: 'password' })).toBeUndefined()

  const other = createMemoryDisk()
  expect(await openBoxSecrets({ disk: other, serial }).open(sealed, purpose)).toBeUndefined()
  await openIdentity({ disk: other, serial, random: randomBytes })
  expect(await openBoxSecrets({ disk: other, serial }).open(sealed, purpose)).toBeUndefined()
})

test('with the disk of another gateway nothing is opened', async () => {
  const disk = createMemoryDisk()
  await openIdentity({ disk, serial: 'sag2', random: randomBytes })
  const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }
  await expect(openBoxSecrets({ disk, serial }).open(sealed, purpose)).rejects.toThrow('the gateway sag2')
})
