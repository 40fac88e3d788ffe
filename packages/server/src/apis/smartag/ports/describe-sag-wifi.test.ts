import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagWifi as operation } from './describe-sag-wifi.ts'

testOperation(operation, (world) => {
  const shown = async (SmartAGId: string, SmartAGSn: string) => {
    const { TaskStates: _, ...rest } = await world().call(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
    return rest
  }

  const kind = { model: 'sag-100wm' } as const
  testQueriedBox(world, { operation, kind }, { alone: true })

  test('shows the wireless network as the device said it', async () => {
    const id = await world().addInstance()
    expect(await shown(id, await addBox(world(), id, kind))).toEqual({
      IsEnable: 'True',
      Ssid: 'branch',
      IsBroadcast: 'True',
      IsAuth: 'True',
      AuthenticationType: 'WPA2-PSK',
      EncryptAlgorithm: 'AES',
      Channel: '6',
      Bandwidth: '20 MHz',
    })
  })

  test('of a machine without a radio its task says so', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, kind, { wifi: undefined })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })).toMatchObject({
      IsEnable: 'False',
      TaskStates: [{ State: 'HardwareError', ErrorMessage: 'The device has no radio.' }],
    })
  })
})
