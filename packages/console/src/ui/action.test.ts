import { expect, test } from 'vitest'
import { generatedPassword } from './action.ts'

test('a generated password passes the rules of gateways and of remote users', () => {
  for (let round = 0; round < 50; round += 1) {
    const password = generatedPassword((bytes) => crypto.getRandomValues(bytes))
    expect(password).toMatch(/^[A-Za-z0-9_]{8,30}$/)
    expect(password).toMatch(/^[A-Za-z0-9]{20}$/)
  }
})

test('bytes that would favour some letters are not used', () => {
  const bytes = new Uint8Array(32).fill(255)
  let calls = 0
  const password = generatedPassword((into) => {
    calls += 1
    into.set(calls === 1 ? bytes : new Uint8Array(32).fill(0))
    return into
  })
  expect(password).toBe('A'.repeat(20))
  expect(calls).toBe(2)
})
