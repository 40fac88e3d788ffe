import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl } from '../../testing/acl.suite.ts'
import { addInspector, tooOld, withoutEngine } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { addCar, addPolicy, addQos, associate } from '../../testing/qos.suite.ts'
import { getAclAttribute } from '../acl/get-acl-attribute.ts'
import { getQosAttribute } from '../qos/get-qos-attribute.ts'
import { listDpiConfigError as operation } from './list-dpi-config-error.ts'

const applications = { groups: [5], signatures: [124] }

testOperation(operation, (world) => {
  const list = (DpiConfigType: 'acl' | 'qos', more: Readonly<Record<string, string>> = {}) =>
    world().call(operation, { RegionId: regionId, DpiConfigType, ...more })
  const inspect = (id: string) => change(world(), ({ inspections }) => inspections.setEnabled(id, true))

  async function filtered(device: Parameters<typeof addInspector>[2] = {}) {
    const [id, AclId] = [await world().addInstance(), await addAcl(world())]
    const serial = await addInspector(world(), id, device)
    const rule = await addAclRule(world(), AclId, { applications })
    await addAclRule(world(), AclId)
    await associateAcl(world(), id, AclId)
    const failing = async () =>
      (await world().call(getAclAttribute, { RegionId: regionId, AclId })).ErrorConfigSmartAGCount
    return { id, AclId, serial, rule, failing }
  }

  test('a gateway that is not told to recognise, until it is; rules for everything are not among them', async () => {
    const { id, serial, rule, failing } = await filtered()
    expect((await list('acl', { SmartAGId: id })).DpiConfigError).toEqual([
      {
        ErrorType: 'NotEnable',
        RuleConfigErrorList: [{ RuleId: rule, DpiGroupIds: ['5'], DpiSignatureIds: ['124'] }],
        SN: serial,
        SmartAGId: id,
      },
    ])
    expect(await failing()).toBe(1)
    expect((await list('qos', { SmartAGId: id })).DpiConfigError).toEqual([])
    await inspect(id)
    expect(await list('acl', { SmartAGId: id })).toEqual({ DpiConfigError: [], MaxResults: 10, Total: 0 })
    expect(await failing()).toBe(0)
  })

  test.each([
    ['DeviceNotSupported', withoutEngine],
    ['VersionNotSupported', tooOld],
    ['VersionNotSupported', { dpiEngine: '3.4' }],
  ])('%s: %j, whether it is told to or not', async (ErrorType, device) => {
    const { id, failing } = await filtered(device)
    for (let times = 0; times < 2; times++) {
      expect((await list('acl', { SmartAGId: id })).DpiConfigError).toMatchObject([{ ErrorType }])
      expect(await failing()).toBe(1)
      await inspect(id)
    }
  })

  test('of QoS, by its id', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    await addInspector(world(), SmartAGId)
    await addCar(world(), QosId)
    const policy = await addPolicy(world(), QosId, { applications })
    await associate(world(), SmartAGId, QosId)
    const found = await list('qos', { RuleInstanceId: QosId })
    expect(found.DpiConfigError).toMatchObject([{ SmartAGId, RuleConfigErrorList: [{ RuleId: policy }] }])
    expect((await list('qos', { RuleInstanceId: 'qos-none' })).DpiConfigError).toEqual([])
    const shown = await world().call(getQosAttribute, { RegionId: regionId, QosId })
    expect(shown.ErrorConfigSmartAGCount).toBe(1)
  })

  test('in parts, by serial number; none of another account', async () => {
    const serials = [(await filtered()).serial, (await filtered()).serial].sort()
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const AclId = await addAcl(world(), { accountId: otherAccountId })
    await addInspector(world(), theirs)
    await addAclRule(world(), AclId, { applications })
    await associateAcl(world(), theirs, AclId)
    const found: unknown[] = []
    let token: unknown
    do {
      const part = await list('acl', { MaxResults: '1', ...(token === undefined ? {} : { NextToken: String(token) }) })
      found.push(...(part.DpiConfigError as readonly { readonly SN: string }[]).map(({ SN }) => SN))
      token = part.NextToken
    } while (token !== undefined)
    expect(found.filter((one) => serials.includes(String(one)))).toEqual(serials)
    expect((await list('acl', { SmartAGId: theirs })).DpiConfigError).toEqual([])
  })
})
