import { expect, test } from 'vitest'
import { testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addLineBox, line, lineReport } from '../../testing/leased-lines.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { deleteSagExpressConnectInterface as operation } from './delete-sag-express-connect-interface.ts'

testOperation(operation, (world) => {
  const wanted = { PortName: '3', Vlan: '10' }
  const report = { ...lineReport, ecc: [line(10)] }
  testChangedBox(
    world,
    { operation, more: wanted, report },
    { noInstance: 'SAG.InstanceNoFound', noDevice: 'InstanceNotExit' },
  )

  test('takes the address of that VLAN, or of the port, from the device; one that is not there is no error', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id, [line(10), line(11)])
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: serial, PortName: '3' }
    await world().call(operation, request)
    expect((await settingsOf(world(), serial)).ecc).toBeUndefined()
    await world().call(operation, { ...request, Vlan: '10' })
    expect((await settingsOf(world(), serial)).ecc).toEqual([line(11)])

    const other = await world().addInstance()
    const plain = await addLineBox(world(), other, [line(0)])
    await world().call(operation, { ...request, SmartAGId: other, SmartAGSn: plain })
    expect((await settingsOf(world(), plain)).ecc).toEqual([])
  })

  test('its static routes and its routing protocol are gone with it, those of others stay', async () => {
    const id = await world().addInstance()
    const serial = await addLineBox(world(), id, [line(10), line(11)])
    const place = { serial, instanceId: id }
    const how = { at: world().now, isGivenUp: false }
    const route = { port: '3', vlan: 10, to: '10.50.0.0/24', via: '192.168.30.42' }
    const spoken = { port: '3', vlan: 10, protocol: 'BGP', remote: { ip: '192.168.30.42', as: 65_010 } } as const
    const other = { ...route, vlan: 11 }
    await change(world(), ({ boxes }) =>
      boxes.setTogether(place, { staticRoutes: [route, other], portProtocols: [spoken, { ...spoken, vlan: 11 }] }, how),
    )
    await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial, ...wanted })
    expect(await settingsOf(world(), serial)).toEqual({
      ecc: [line(11)],
      staticRoutes: [other],
      portProtocols: [{ ...spoken, vlan: 11 }],
    })
  })

  test('InvalidParameter: no leased line there', async () => {
    const id = await world().addInstance()
    const place = { RegionId: regionId, SmartAGId: id, SmartAGSn: await addLineBox(world(), id) }
    expect(await world().refused(operation, { ...place, PortName: '5' })).toBe('InvalidParameter')
  })
})
