import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../testing/remote-users.suite.ts'
import { kickOutClients } from '../client-users/kick-out-clients.ts'
import { describeSagOnlineClientStatistics as operation } from './describe-sag-online-client-statistics.ts'

testOperation(operation, (world) => {
  async function counts(...ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const listed = ids.map((id, index) => [`SmartAGIds.${index + 1}`, id] as const)
    const answer = await world().call(operation, { RegionId: regionId, ...Object.fromEntries(listed) })
    const rows = answer['SagStatistics'] as readonly { readonly SmartAGId: string; readonly OnlineCount: string }[]
    return Object.fromEntries(rows.map(({ SmartAGId, OnlineCount }) => [SmartAGId, OnlineCount]))
  }

  test('counts who is online now in each instance that is asked about, or in all', async () => {
    const [one, two] = [await addApp(world()), await addApp(world(), { pool: '10.8.0.0/24' })]
    for (const [name, address] of [
      ['anna', '10.9.0.2'],
      ['bert', '10.9.0.3'],
    ] as const) {
      await addUser(world(), one, name)
      await addSession(world(), one, name, address)
    }
    expect(await counts(one)).toEqual({ [one]: '2' })
    expect(await counts()).toEqual({ [one]: '2', [two]: '0' })
    await world().call(kickOutClients, { RegionId: regionId, SmartAGId: one, Username: 'anna' })
    expect(await counts(one, two)).toEqual({ [one]: '1', [two]: '0' })
  })

  test('leaves out what is no SAG APP instance of the account in the region', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    const elsewhere = await addApp(world(), { regionId: 'eu-central-1' })
    expect(await counts(foreign, elsewhere, await world().addInstance(), 'sag-none')).toEqual({})
  })

  test('InvalidParameter: more than 50', async () => {
    const many = Array.from({ length: 51 }, (_, index) => [`SmartAGIds.${index + 1}`, `sag-${index}`])
    const request = { RegionId: regionId, ...Object.fromEntries(many) }
    expect(await world().refused(operation, request)).toBe('InvalidParameter')
  })
})
