import { expect, test } from 'vitest'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagManagementPort } from './describe-sag-management-port.ts'
import { modifySagManagementPort as operation } from './modify-sag-management-port.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const wanted = { IP: '192.168.7.2', Mask: '255.255.255.0', Gateway: '192.168.7.1' }
  testChangedBox(world, { operation, more: wanted }, { noInstance: 'SAG.InstanceNoFound' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })

  test('sets the port, and without a gateway there is none', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    const shown = () => world().call(describeSagManagementPort, place(id, serial))
    await world().call(operation, { ...place(id, serial), ...wanted })
    expect(await shown()).toMatchObject({ IP: '192.168.0.1', TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, { management: { ip: '192.168.7.2', length: 24, gateway: '192.168.7.1' } })
    expect(await shown()).toMatchObject({ ...wanted, TaskStates: [{ State: 'Succeed' }] })
    const { Gateway: _, ...alone } = wanted
    await world().call(operation, { ...place(id, serial), ...alone })
    const stored = await world().store.read((db) =>
      db.selectFrom('device').select('box').where('serial', '=', serial).execute(),
    )
    expect(JSON.parse(stored[0]?.box ?? '')).toEqual({ management: { ip: '192.168.7.2', length: 24 } })
  })

  test('Sag.PortMgtError: a machine or a model without such a port', async () => {
    for (const model of ['sag-1000', 'sag-100wm'] as const) {
      const id = await world().addInstance()
      const serial = await addBox(world(), id, { model }, { ports: [] })
      expect(await world().refused(operation, { ...place(id, serial), ...wanted })).toBe('Sag.PortMgtError')
    }
  })

  test.each([{ IP: '300.1.1.1' }, { Mask: '255.255.255.255' }, { Gateway: 'x' }])(
    'InvalidParameter: %j, before the instance',
    async (more) => {
      const request = { ...place('sag-none', 'sag1'), ...wanted, ...more }
      expect(await world().refused(operation, request)).toBe('InvalidParameter')
    },
  )

  test.each([
    ['the broadcast address', { IP: '192.168.7.255' }],
    ['a gateway in another subnet', { Gateway: '192.168.8.1' }],
    ['itself as the gateway', { Gateway: '192.168.7.2' }],
    ['the subnet of another port', { IP: '10.1.0.9', Gateway: '10.1.0.2' }],
  ])('InvalidParameter: %s', async (_, more) => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await world().refused(operation, { ...place(id, serial), ...wanted, ...more })).toBe('InvalidParameter')
  })
})
