import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashClientPassword } from '../access/client-passwords.ts'
import { createPasswords, type Passwords } from './passwords.ts'

const right = Secret.of('teste111')
const wrong = Secret.of('teste222')

describe('checking a password', () => {
  let passwords: Passwords
  let hash: string
  beforeAll(async () => {
    passwords = createPasswords(randomBytes)
    hash = await hashClientPassword(right)
  })

  test('only the right one opens a hash', async () => {
    expect(await passwords.check(hash, right)).toBe(true)
    expect(await passwords.check(hash, wrong)).toBe(false)
  })

  test('without a hash none does, and it takes as long as with one', async () => {
    async function shortest(of: string | undefined): Promise<number> {
      const times: number[] = []
      for (let i = 0; i < 7; i += 1) {
        const began = performance.now()
        expect(await passwords.check(of, wrong)).toBe(false)
        times.push(performance.now() - began)
      }
      return Math.min(...times)
    }
    const ratio = (await shortest(undefined)) / (await shortest(hash))
    expect(ratio).toBeGreaterThan(1 / 3)
    expect(ratio).toBeLessThan(3)
  })
})
