import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl } from '../apis/testing/acl.suite.ts'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate } from '../apis/testing/qos.suite.ts'
import type { ChannelContext } from './context.ts'
import { GatewayConfig } from './gateway-config.ts'
import type { ServerLink } from './handshake.ts'

const applications = { groups: [5], signatures: [] }

testInWorld('the configuration of a gateway', (world) => {
  async function told(serial: string, ...capabilities: readonly string[]) {
    const config = new GatewayConfig({} as ServerLink, { store: world().store } as ChannelContext, {
      serial,
      capabilities,
    })
    return (await config.read())?.config
  }

  test('has no rule for applications where the program takes it for one of everything', async () => {
    const [id, acl, qos] = [await world().addInstance(), await addAcl(world()), await addQos(world())]
    const serial = await world().addDevice(id)
    await addAclRule(world(), acl, { applications })
    await addCar(world(), qos)
    await addPolicy(world(), qos)
    await addPolicy(world(), qos, { applications })
    await associateAcl(world(), id, acl)
    await associate(world(), id, qos)
    const older = await told(serial, 'acl', 'qos')
    expect(older).not.toHaveProperty('acl')
    expect(older?.qos?.rules).toHaveLength(1)
    expect(older?.qos?.rules[0]).not.toHaveProperty('applications')
    const newer = await told(serial, 'acl', 'qos', 'dpi')
    expect(newer?.acl).toMatchObject([{ applications }])
    expect(newer?.qos?.rules.map((rule) => rule.applications)).toEqual([undefined, applications])
  })
})
