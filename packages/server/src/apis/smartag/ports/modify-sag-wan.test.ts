import { randomBytes } from 'node:crypto'
import { createKeyPair, openBoxSecret, type SealedMessage } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWanList } from './describe-sag-wan-list.ts'
import { modifySagWan as operation } from './modify-sag-wan.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const dhcp = { PortName: '5', IPType: 'DHCP' }
  const fixed = { ...dhcp, IPType: 'STATIC', IP: '203.0.113.6', Mask: '255.255.255.248', Gateway: '203.0.113.1' }
  const dialled = { ...dhcp, IPType: 'PPPOE', Username: 'branch01' }
  testChangedBox(world, { operation, more: dhcp }, { noInstance: 'SAG.InstanceNoFound' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const call = (id: string, serial: string, more: Given) => world().call(operation, { ...place(id, serial), ...more })
  const refused = (id: string, serial: string, more: Given) =>
    world().refused(operation, { ...place(id, serial), ...more })
  const stored = async (serial: string) => (await settingsOf(world(), serial)).wan ?? []

  test('sets the line; what is left out stays, and so do the other lines of the device', async () => {
    const id = await world().addInstance()
    const other = { port: '0', type: 'DHCP', isActive: false, weight: 30 } as const
    const own = { port: '5', type: 'DHCP', isActive: true } as const
    const serial = await addBox(world(), id, {}, { wan: [other, own] })
    await call(id, serial, { ...fixed, Priority: '-1', Weight: '40', ISP: 'CU', Bandwidth: '20' })
    const line = { priority: -1, weight: 40, isp: 'CU', bandwidth: 20 }
    const address = { ip: '203.0.113.6', length: 29, gateway: '203.0.113.1' }
    const kept = { port: '0', type: 'DHCP', priority: 1, weight: 30, isp: 'Other' }
    expect(await stored(serial)).toEqual([kept, { port: '5', type: 'STATIC', ...address, ...line }])
    await call(id, serial, { ...dhcp, Priority: '7', IP: '203.0.113.9' })
    expect(await stored(serial)).toEqual([kept, { port: '5', type: 'DHCP', ...line, priority: 7 }])

    expect(await world().call(describeSagWanList, place(id, serial))).toMatchObject({
      Wans: [{}, { PortName: '5', Priority: 1 }],
      TaskStates: [{ State: 'Initialized' }],
    })
    await saysBox(world(), id, serial, { wan: [other, { ...own, isp: 'CU', priority: 7, weight: 40, bandwidth: 20 }] })
    expect(await world().call(describeSagWanList, place(id, serial))).toMatchObject({
      Wans: [{ Weight: 30 }, { PortName: '5', ISP: 'CU', Priority: 7, Weight: 40, BandWidth: 20 }],
      TaskStates: [{ State: 'Succeed' }],
    })
  })

  test('a password is stored sealed to the device alone, stays when it is left out, and no answer has it', async () => {
    const id = await world().addInstance()
    const keys = createKeyPair('X25519', randomBytes)
    const serial = await addBox(world(), id, { sealKey: keys.publicKey })
    expect(await refused(id, serial, dialled)).toBe('InvalidParameter')
    await call(id, serial, { ...dialled, Password: 'Branch2024' })
    const [line] = await stored(serial)
    expect(line).toMatchObject({ type: 'PPPOE', username: 'branch01' })
    expect(JSON.stringify(line)).not.toContain('Branch2024')
    const opened = openBoxSecret(keys, line?.password as SealedMessage, {
      ...{ serial, section: 'wan', name: 'password of 5' },
    })
    expect(opened.reveal()).toBe('Branch2024')
    await call(id, serial, { ...dialled, Username: 'branch02' })
    expect(await stored(serial)).toEqual([{ ...line, username: 'branch02' }])
    await saysBox(world(), id, serial, { wan: [{ port: '5', type: 'PPPOE', username: 'branch02', isActive: true }] })
    const shown = await world().call(describeSagWanList, place(id, serial))
    expect(shown).toMatchObject({ Wans: [{ IPType: 'PPPOE', Username: 'branch02' }] })
    expect(JSON.stringify(shown)).not.toContain(line?.password?.ciphertext)
  })

  test('of an earlier program the line is shown as ever; that it was not set is in the task', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { capabilities: 'box' })
    const state = async () => (await world().call(describeSagWanList, place(id, serial))).TaskStates
    expect(await state()).toMatchObject([{ State: 'Succeed' }])
    await call(id, serial, { ...dhcp, Weight: '2' })
    await saysBox(world(), id, serial, {})
    expect(await state()).toMatchObject([{ State: 'VersionNotSupport', ErrorCode: 'FeatureNotSupport' }])
  })

  test('Sag.PortNotExist and Sag.PortRoleInvalid: no port of the device, or none to the Internet', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id)
    expect(await refused(id, serial, { ...dhcp, PortName: '9' })).toBe('Sag.PortNotExist')
    expect(await refused(id, serial, { ...dhcp, PortName: '4' })).toBe('Sag.PortRoleInvalid')
  })

  test.each([
    { IPType: 'FIXED' },
    { IP: '300.1.1.1' },
    { Mask: '255.255.255.254' },
    { Gateway: '0.0.0.0' },
    { Username: 'short' },
    { Password: 'with space' },
    { Priority: '0' },
    { Priority: '51' },
    { Weight: '0' },
    { Weight: '101' },
    { ISP: 'XX' },
    { Bandwidth: '0' },
  ])('InvalidParameter: %j, before the instance', async (more) => {
    expect(await refused('sag-none', 'sag1', { ...fixed, ...more })).toBe('InvalidParameter')
  })

  const { Gateway: _, ...ungated } = fixed
  test.each([
    ['STATIC without a gateway', ungated],
    ['the address of the network', { ...fixed, IP: '203.0.113.0' }],
    ['a gateway that is the port itself', { ...fixed, Gateway: '203.0.113.6' }],
    ['a gateway outside', { ...fixed, Gateway: '203.0.113.9' }],
    ['a gateway that is the broadcast address', { ...fixed, Gateway: '203.0.113.7' }],
    ['a subnet that the branch has', { ...fixed, IP: '10.1.0.7', Mask: '255.255.255.0', Gateway: '10.1.0.1' }],
    ['a subnet that its console has', { ...fixed, IP: '192.168.0.7', Mask: '255.255.255.0', Gateway: '192.168.0.2' }],
    ['PPPOE without a name', { ...dhcp, IPType: 'PPPOE', Password: 'Branch2024' }],
  ])('InvalidParameter: %s', async (_title, more: Given) => {
    const id = await world().addInstance()
    const sealKey = createKeyPair('X25519', randomBytes).publicKey
    expect(await refused(id, await addBox(world(), id, { sealKey }), more)).toBe('InvalidParameter')
  })
})
