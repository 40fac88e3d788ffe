import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addLineBox, line } from '../../testing/leased-lines.suite.ts'
import { describeSagExpressConnectInterfaceList as operation } from './describe-sag-express-connect-interface-list.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation, more: { PortName: '3' } }, { alone: true })

  test('shows the addresses of the line of that port; another port has none', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addLineBox(world(), id, [line(10), line(11, { length: 31 }), line(12, { port: '1' })])
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn }
    expect(await world().call(operation, { ...request, PortName: '3' })).toMatchObject({
      Interfaces: [
        { IP: '192.168.30.41', Mask: '255.255.255.252', Vlan: '10' },
        { IP: '192.168.30.45', Mask: '255.255.255.254', Vlan: '11' },
      ],
      TaskStates: [{ State: 'Succeed' }],
    })
    expect(await world().call(operation, { ...request, PortName: '5' })).toMatchObject({ Interfaces: [] })
  })

  test('of a program that knows of no leased lines nothing is shown, and the task says so', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { capabilities: 'box' })
    expect(
      await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn, PortName: '3' }),
    ).toMatchObject({ Interfaces: [], TaskStates: [{ State: 'VersionNotSupport' }] })
  })
})
