import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../testing.suite.ts'
import { getAccountAlias as operation } from './get-account-alias.ts'

testOperation(operation, (world) => {
  test('shows the alias, once there is one', async () => {
    expect(await world().call(operation)).toEqual({ AccountAlias: undefined })
    await change(world(), ({ accounts }) => accounts.setAlias(accountId, 'night-shift'))
    expect(await world().call(operation)).toEqual({ AccountAlias: 'night-shift' })
  })
})
