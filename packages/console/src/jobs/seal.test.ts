import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { sealFor } from './seal.ts'

async function opened(identity: string, file: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(armor.decode(file), 'text')
}

test('each holder of a recipient can read it, and nobody else', async () => {
  const [one = '', two = '', other = ''] = await Promise.all([1, 2, 3].map(() => generateX25519Identity()))
  const seal = await sealFor(` ${await identityToRecipient(one)},\n${await identityToRecipient(two)} `)
  const [first, second] = [await seal('list 1'), await seal('list 2')]
  expect(await Promise.all([opened(one, first), opened(two, second)])).toEqual(['list 1', 'list 2'])
  await expect(opened(other, first)).rejects.toThrow()
  expect(first).not.toContain('list')
})

test.each(['age1', 'nonsense', 'AGE-SECRET-KEY-1QQQQ', `age1${'q'.repeat(58)}`])(
  '“%s” is no recipient',
  async (text) => {
    await expect(sealFor(text)).rejects.toThrow()
  },
)
