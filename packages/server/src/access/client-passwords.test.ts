import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { hashClientPassword, nobodysHash, verifyClientPassword } from './client-passwords.ts'

test('only the password itself opens its hash, which is argon2id with the agreed cost', async () => {
  const hash = await hashClientPassword(Secret.of('teste111'))
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(hash).not.toContain('teste111')
  expect(await verifyClientPassword(hash, Secret.of('teste111'))).toBe(true)
  expect(await verifyClientPassword(hash, Secret.of('teste112'))).toBe(false)
})

test('the hash of nobody has the form and the cost of others, and no password opens it', async () => {
  const form = (hash: string): readonly number[] => hash.split('$').map(({ length }) => length)
  const nobodys = nobodysHash(randomBytes)
  const others = await hashClientPassword(Secret.of('teste111'))
  expect(form(nobodys)).toEqual(form(others))
  expect(nobodys.split('$').slice(0, 4)).toEqual(others.split('$').slice(0, 4))
  expect(nobodysHash(randomBytes)).not.toBe(nobodys)
  expect(await verifyClientPassword(nobodys, Secret.of('teste111'))).toBe(false)
})

test('equal passwords have different hashes', async () => {
  const password = Secret.of('teste111')
  expect(await hashClientPassword(password)).not.toBe(await hashClientPassword(password))
})
