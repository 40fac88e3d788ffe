import { randomBytes } from 'node:crypto'
import { createKeyPair, openBoxSecret, type SealedMessage } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { addBox, factoryBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWifi } from './describe-sag-wifi.ts'
import { modifySagWifi as operation } from './modify-sag-wifi.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const model = 'sag-100wm'
  const open = { IsEnable: 'true', IsAuth: 'False' }
  testChangedBox(world, { operation, more: open, kind: { model } }, { noInstance: 'InvalidId.SMARTAG' })

  const place = (SmartAGId: string, SmartAGSn: string): Given => ({ RegionId: regionId, SmartAGId, SmartAGSn })
  const call = (id: string, serial: string, more: Given) => world().call(operation, { ...place(id, serial), ...more })
  const refused = (id: string, serial: string, more: Given) =>
    world().refused(operation, { ...place(id, serial), ...more })
  const stored = async (serial: string) => (await settingsOf(world(), serial)).wifi

  test('sets the network; what is left out stays as it is, at first as the device says', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { model })
    await call(id, serial, { ...open, Bandwidth: '40MHz', Channel: '0', IsBroadcast: 'FALSE' })
    const first = { ...factoryBox.wifi, authentication: 'NONE', bandwidth: '40 MHz', channel: 0, isBroadcast: false }
    expect(await stored(serial)).toEqual(first)
    await call(id, serial, { IsEnable: 'False', SSID: 'aliyun_sag-1', EncryptAlgorithm: 'TKIP', Bandwidth: '自动' })
    const second = { ...first, isOn: false, ssid: 'aliyun_sag-1', cipher: 'TKIP', bandwidth: 'Automatic' } as const
    expect(await stored(serial)).toEqual(second)
    const shown = () => world().call(describeSagWifi, place(id, serial))
    expect(await shown()).toMatchObject({ IsEnable: 'True', TaskStates: [{ State: 'Initialized' }] })
    await saysBox(world(), id, serial, { wifi: { ...second, bandwidth: 'Automatic', authentication: 'NONE' } })
    expect(await shown()).toMatchObject({ IsEnable: 'False', Ssid: 'aliyun_sag-1', TaskStates: [{ State: 'Succeed' }] })
  })

  test('a password is stored sealed to the device alone, stays when it is left out, and goes when the network is opened', async () => {
    const id = await world().addInstance()
    const keys = createKeyPair('X25519', randomBytes)
    const serial = await addBox(world(), id, { model, sealKey: keys.publicKey })
    expect(await refused(id, serial, { IsEnable: 'True' })).toBe('InvalidParameter')
    await call(id, serial, { IsEnable: 'True', Password: 'Branch2024' })
    const password = (await stored(serial))?.password as SealedMessage
    expect(JSON.stringify(await stored(serial))).not.toContain('Branch2024')
    const opened = openBoxSecret(keys, password, { serial, section: 'wifi', name: 'password' })
    expect(opened.reveal()).toBe('Branch2024')
    await call(id, serial, { IsEnable: 'True', Channel: '7' })
    expect(await stored(serial)).toMatchObject({ channel: 7, authentication: 'WPA2-PSK', password })
    await call(id, serial, open)
    expect(await stored(serial)).not.toHaveProperty('password')
    await call(id, serial, { IsEnable: 'True', IsAuth: 'True', Password: 'Branch2024' })
    expect(await stored(serial)).toMatchObject({ authentication: 'WPA2-PSK' })
  })

  test.each([
    { IsEnable: 'yes' },
    { SSID: 'with space' },
    { SSID: 'x'.repeat(32) },
    { IsBroadcast: 'no' },
    { IsAuth: '1' },
    { AuthenticationType: 'WPA3' },
    { EncryptAlgorithm: 'DES' },
    { Password: 'short12' },
    { Channel: '12' },
    { Channel: 'x' },
    { Bandwidth: '20 HMz' },
  ])('InvalidParameter: %j, before the instance', async (more) => {
    expect(await refused('sag-none', 'sag1', { ...open, ...more } as Given)).toBe('InvalidParameter')
  })

  test('InvalidParameter: it is on and has no name', async () => {
    const id = await world().addInstance()
    const bare = factoryBox.wifi && { ...factoryBox.wifi, isOn: false, ssid: '' }
    const serial = await addBox(world(), id, { model }, { wifi: bare })
    expect(await refused(id, serial, open)).toBe('InvalidParameter')
    await call(id, serial, { ...open, IsEnable: 'False' })
  })
})
