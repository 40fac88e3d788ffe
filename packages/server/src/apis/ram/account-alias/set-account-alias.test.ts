import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { change, look } from '../testing.suite.ts'
import { setAccountAlias as operation } from './set-account-alias.ts'

testOperation(operation, (world) => {
  const given = { AccountAlias: 'night-shift' }

  test('gives the account another name, in place of one it has', async () => {
    await world().call(operation, { AccountAlias: 'day-shift' })
    expect(await world().call(operation, given)).toEqual({})
    expect(await world().call(operation, given)).toEqual({})
    const named = (name: string) => look(world(), ({ accounts }) => accounts.named(name))
    expect([await named('night-shift'), await named('day-shift'), await named(accountId)]).toEqual([
      accountId,
      undefined,
      accountId,
    ])
  })

  test('EntityAlreadyExists.AccountAlias: another account has it', async () => {
    await change(world(), ({ accounts }) => accounts.setAlias(otherAccountId, 'night-shift'))
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.AccountAlias')
  })

  test.each([
    ['InvalidParameter.AccountAlias.Format', 'Night'],
    ['InvalidParameter.AccountAlias.Format', '-night'],
    ['InvalidParameter.AccountAlias.Format', 'night--shift'],
    ['InvalidParameter.AccountAlias.Format', otherAccountId],
    ['InvalidParameter.AccountAlias.Length', 'ab'],
    ['InvalidParameter.AccountAlias.Length', 'a'.repeat(64)],
  ])('%s: %s', async (code, AccountAlias) => {
    expect(await world().refused(operation, { AccountAlias })).toBe(code)
  })
})
