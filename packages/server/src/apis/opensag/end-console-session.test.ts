import { expect, test } from 'vitest'
import { testOperation } from '../testing/harness.suite.ts'
import { createConsoleSession } from './create-console-session.ts'
import { endConsoleSession as operation } from './end-console-session.ts'

testOperation(operation, (world) => {
  test('ends the session that signs, and no other', async () => {
    const first = (await world().call(createConsoleSession)) as { Credentials: { AccessKeyId: string } }
    const second = (await world().call(createConsoleSession)) as { Credentials: { AccessKeyId: string } }
    world().caller = { ...world().caller, accessKeyId: first.Credentials.AccessKeyId }
    expect(await world().call(operation)).toEqual({})
    const left = await world().store.read((db) => db.selectFrom('sts_session').select('id').execute())
    expect(left).toEqual([{ id: second.Credentials.AccessKeyId }])
  })

  test('Session.NotFound for a lasting key', async () => {
    expect(await world().refused(operation)).toBe('Session.NotFound')
  })
})
