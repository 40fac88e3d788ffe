import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addQos } from '../../testing/qos.suite.ts'
import { getQosAttribute } from './get-qos-attribute.ts'
import { modifyQos as operation } from './modify-qos.ts'

testOperation(operation, (world) => {
  const call = (QosId: string, more: object) => world().call(operation, { RegionId: regionId, QosId, ...more })
  const refused = (QosId: string, more: object) => world().refused(operation, { RegionId: regionId, QosId, ...more })
  const named = async (QosId: string) => {
    const { QosName, QosDescription } = await world().call(getQosAttribute, { RegionId: regionId, QosId })
    return [QosName, QosDescription]
  }

  test('what is sent changes, and a blank description takes it away', async () => {
    const id = await addQos(world(), { description: 'before' })
    await call(id, { QosName: 'another' })
    expect(await named(id)).toEqual(['another', 'before'])
    await call(id, { QosDescription: 'after' })
    expect(await named(id)).toEqual(['another', 'after'])
    await call(id, { QosDescription: '' })
    expect(await named(id)).toEqual(['another', undefined])
  })

  test('codes of the values, in their order, before the QoS is looked for', async () => {
    expect(await refused('', { RegionId: '' })).toBe('MissParameter.RegionId')
    expect(await refused('', {})).toBe('MissParameter.QosId')
    expect(await refused('qos-none', {})).toBe('MissParameter.Name')
    expect(await refused('qos-none', { QosName: '', QosDescription: 'x' })).toBe('MissParameter.Name')
    expect(await refused('qos-none', { QosName: '1', QosDescription: '1' })).toBe('InvalidParameter.Name')
    expect(await refused('qos-none', { QosDescription: '1' })).toBe('InvalidParameter.Description')
  })

  test('InvalidId.Qos: malformed, unknown, in another region or of another account', async () => {
    const away = await addQos(world(), { regionId: 'cn-hangzhou' })
    const foreign = await addQos(world(), { accountId: otherAccountId })
    for (const id of ['QOS', 'qos-none', away, foreign]) {
      expect(await refused(id, { QosName: 'another' })).toBe('InvalidId.Qos')
    }
  })
})
