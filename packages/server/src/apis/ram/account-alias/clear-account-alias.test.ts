import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { change, look } from '../testing.suite.ts'
import { clearAccountAlias as operation } from './clear-account-alias.ts'

testOperation(operation, (world) => {
  test('gives the alias up, and may be repeated', async () => {
    await change(world(), ({ accounts }) => accounts.setAlias(accountId, 'night-shift'))
    expect(await world().call(operation)).toEqual({})
    expect(await world().call(operation)).toEqual({})
    expect(await look(world(), ({ accounts }) => accounts.named('night-shift'))).toBeUndefined()
  })
})
