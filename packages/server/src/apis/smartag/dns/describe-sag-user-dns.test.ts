import { expect, test } from 'vitest'
import { addBox, saysBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagUserDns as operation } from './describe-sag-user-dns.ts'
import { modifySagUserDns } from './modify-sag-user-dns.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation })

  test('shows the servers that the device says were set, and how far what was set is', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: await addBox(world(), id) }
    const shown = async () => {
      const { RequestId: _, TaskStates, ...servers } = await world().call(operation, request)
      return [servers, (TaskStates as readonly { readonly State: string }[])[0]?.State]
    }
    expect(await shown()).toEqual([{}, 'Succeed'])
    await world().call(modifySagUserDns, { ...request, MasterDns: '10.1.0.53', SlaveDns: '10.1.0.54' })
    expect(await shown()).toEqual([{}, 'Initialized'])
    const set = { master: '10.1.0.53', slave: '10.1.0.54' }
    await saysBox(world(), id, request.SmartAGSn, { dns: { set, current: ['10.1.0.53'] } })
    expect(await shown()).toEqual([{ MasterDns: '10.1.0.53', SlaveDns: '10.1.0.54' }, 'Succeed'])
  })

  test('a program that knows of ports and not of DNS servers is told apart', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { capabilities: 'config-trial box' })
    const { TaskStates } = await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })
    expect(TaskStates).toMatchObject([{ State: 'VersionNotSupport', ErrorCode: 'FeatureNotSupport' }])
  })
})
