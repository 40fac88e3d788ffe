import { expect, test } from 'vitest'
import { monthOf } from '../../../model/client-user.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser } from '../../testing/remote-users.suite.ts'
import { describeUserFlowStatistics as operation } from './describe-user-flow-statistics.ts'

testOperation(operation, (world) => {
  function request(SmartAGId: string, names: readonly string[], more = {}): Record<string, string> {
    const listed = names.map((name, index) => [`UserNames.${index + 1}`, name] as const)
    return { RegionId: regionId, SmartAGId, ...Object.fromEntries(listed), ...more }
  }
  const refused = (id: string, names: readonly string[], more = {}) =>
    world().refused(operation, request(id, names, more))
  async function shown(id: string, names: readonly string[], more = {}): Promise<unknown> {
    return (await world().call(operation, request(id, names, more)))['SagStatistics']
  }

  const plan = 5 * 2 ** 30

  test('bytes of this month and what is left of the plan, of each account that is there and was named, once', async () => {
    const id = await addApp(world())
    const month = monthOf(world().now)
    await addUser(world(), id, 'anna', { traffic_month: month, traffic_bytes: 555_352 })
    await addUser(world(), id, 'bert', { traffic_month: month, traffic_bytes: plan + 1 })
    await addUser(world(), id, 'carl', { traffic_month: month - 100, traffic_bytes: 9 })
    expect(await shown(id, ['carl', 'bert', 'nobody', 'anna', 'carl'])).toEqual([
      { UserName: 'carl', TotalBytes: '0', TotalLeaveBytes: String(plan) },
      { UserName: 'bert', TotalBytes: String(plan + 1), TotalLeaveBytes: '0' },
      { UserName: 'anna', TotalBytes: '555352', TotalLeaveBytes: String(plan - 555_352) },
    ])
  })

  test('another month: what was put away of it, or the last one that the account carried anything in', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'anna', { traffic_month: 202311, traffic_bytes: 11 })
    const kept = { instance_id: id, user_name: 'anna', month: 202310, bytes: 10 }
    await world().store.write((tx) => tx.insertInto('client_user_month').values(kept).execute())
    const bytes = async (StatisticsDate: string) => {
      const [row] = (await shown(id, ['anna'], { StatisticsDate })) as readonly { readonly TotalBytes: string }[]
      return row?.TotalBytes
    }
    expect(await Promise.all(['202309', '202310', '202311', '202312'].map(bytes))).toEqual(['0', '10', '11', '0'])
  })

  test('an instance without a data plan has nothing that could be left', async () => {
    const id = await addApp(world(), { dataPlan: undefined })
    await addUser(world(), id, 'anna')
    expect(await shown(id, ['anna'])).toEqual([{ UserName: 'anna', TotalBytes: '0' }])
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused(' ', ['anna'])).toBe('SAG.InstanceIdEmpty')
  })

  test('InvalidParameter: a month that is none, a name that no account has, or more than 50', async () => {
    for (const StatisticsDate of ['2019', '201913', '201900', '2019-05']) {
      expect(await refused('sag-none', ['anna'], { StatisticsDate })).toBe('InvalidParameter')
    }
    expect(await refused('sag-none', ['a!'])).toBe('InvalidParameter')
    const many = Array.from({ length: 51 }, (_, index) => `user${index}`)
    expect(await refused('sag-none', many)).toBe('InvalidParameter')
    expect(await refused('sag-none', many.slice(1))).toBe('SAG.InstanceNoFound')
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region, or no SAG APP', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    const elsewhere = await addApp(world(), { regionId: 'eu-central-1' })
    for (const id of ['sag-none', foreign, elsewhere, await world().addInstance()]) {
      expect(await refused(id, ['anna'])).toBe('SAG.InstanceNoFound')
    }
  })
})
