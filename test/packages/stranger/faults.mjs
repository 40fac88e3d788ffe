// Tests of somebody's automation, run with the installed package: what each fault does, and that it is over afterwards.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OpenSag } from '@opensag/testing'

let sag
before(async () => {
  sag = await OpenSag.start({ fleet: [{ name: 'branch', password: 'Password_0' }], answerWithinMs: 1000 })
})
after(() => sag.stop())

const params = () => {
  const { instanceId, serial } = sag.gateway('branch')
  return { RegionId: sag.regionId, SmartAGId: instanceId, SmartAGSn: serial }
}
const change = (Password) => sag.client.attempt('ModifySAGAdminPassword', { ...params(), Password })

const offline = 'SmartAccessGatewayOffline'
const codes = {
  'no-power': offline,
  'disk-full': offline,
  'sync-fails': offline,
  hangs: offline,
  edited: 'ConfigUnsynchronized',
}
for (const [index, [fault, code]] of Object.entries(codes).entries()) {
  test(`${fault}: refused, the old password stays, and the next change is done`, async () => {
    const gateway = sag.gateway('branch')
    await gateway.break(fault)
    const refused = await change(`Refused_${index}`)
    assert.equal(refused.error?.code, code)
    await gateway.repair()
    assert.ok(gateway.isOnline())
    if (fault === 'edited') await sag.client.call('SynchronizeSmartAGWebConfig', params())
    assert.ok(await gateway.accepts(`Password_${index}`))
    assert.ok(!(await gateway.accepts(`Refused_${index}`)))
    const done = await change(`Password_${index + 1}`)
    assert.ok(done.ok, done.error?.code)
    assert.ok(await gateway.accepts(`Password_${index + 1}`))
  })
}

test('another firmware is known to the server', async () => {
  const gateway = sag.gateway('branch')
  await gateway.setFirmware('1.0.0.0')
  const { Devices } = await sag.client.call('DescribeSmartAccessGatewayAttribute', params())
  assert.equal(Devices.Device[0].SoftwareVersion, '1.0.0.0')
})
