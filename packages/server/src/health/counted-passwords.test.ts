import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import type { PasswordOutcome } from '../model/gateway-requests.ts'
import { countedPasswords } from './counted-passwords.ts'

test('changes of passwords are counted by outcome, and those that failed here too', async () => {
  const registry = new Registry()
  const answers: (PasswordOutcome | Error)[] = ['accepted', 'accepted', 'busy', new Error('disk')]
  const change = async (): Promise<PasswordOutcome> => {
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer
    return answer
  }
  const passwords = countedPasswords({ change }, registry)
  const request = {} as Parameters<typeof passwords.change>[0]
  expect(await passwords.change(request)).toBe('accepted')
  expect(await passwords.change(request)).toBe('accepted')
  expect(await passwords.change(request)).toBe('busy')
  await expect(passwords.change(request)).rejects.toThrow('disk')
  const lines = (await registry.metrics()).split('\n').filter((line) => /^opensag/.test(line))
  expect(lines.map((line) => line.replace('opensag_password_changes_total', ''))).toEqual([
    '{outcome="accepted"} 2',
    '{outcome="unreachable"} 0',
    '{outcome="refused"} 0',
    '{outcome="busy"} 1',
    '{outcome="error"} 1',
  ])
})
