import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { addCcn, change, putInto } from '../apis/testing/networks.suite.ts'
import { addPop } from '../store/pops/pops.ts'
import { saveNetworkReport } from '../store/pops/reports.ts'
import type { OperatorContext } from './command.ts'
import { deviceShow } from './device-show.ts'

testInWorld('a device, for the operator', (world) => {
  const show = (serial: string) =>
    deviceShow.run({ store: world().store } as OperatorContext, deviceShow.input.parse({ serial }))

  test('it is shown with the tunnels it should have, and what it said of them last', async () => {
    await world().addDevice(undefined, { serial: 'pop1', model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: true })
    await putInto(world(), id, await addCcn(world()))
    const tunnel = { pop: 'pop1', endpoint: '203.0.113.1' }
    expect(await show(serial)).toMatchObject({
      serial,
      instanceId: id,
      tunnelAddress: '198.18.0.2',
      tunnels: [{ ...tunnel, tunnel: 'unknown', since: null }],
      leases: null,
      toldAt: null,
    })
    const report = {
      tunnels: [{ pop: 'pop1', isUp: true, since: 0 }],
      learnt: ['10.8.0.0/24'],
      leases: 3,
      traffic: { received: 7, sent: 8 },
    }
    await world().store.write((tx) => saveNetworkReport(tx, serial, report, 1000))
    expect(await show(serial)).toMatchObject({
      tunnels: [{ ...tunnel, tunnel: 'up', since: '1970-01-01T00:00:00.000Z' }],
      learnt: ['10.8.0.0/24'],
      leases: 3,
      receivedBytes: 7,
      sentBytes: 8,
      toldAt: '1970-01-01T00:00:01.000Z',
    })
    await world().setDevice(serial, { connected: false })
    expect(await show(serial)).toMatchObject({ tunnels: [{ ...tunnel, tunnel: 'unknown' }] })
    await change(world(), ({ networks }) => networks.unbind(id))
    expect(await show(serial)).toMatchObject({ tunnelAddress: null, tunnels: [] })
  })

  test('one that is not in the inventory is refused', async () => {
    await expect(show('sag00000099')).rejects.toThrow('is not in the inventory')
  })
})
