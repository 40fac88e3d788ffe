// Run with: npm install --save-dev @opensag/testing testcontainers && node --test
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OpenSagContainer } from '@opensag/testing/container'

let sag
before(async () => {
  sag = await new OpenSagContainer(process.env.OPENSAG_IMAGE ?? 'opensag:0.2.0').withRegion('cn-hangzhou').start()
})
after(() => sag?.stop())

test('a changed password is answered when the gateway has it', async () => {
  const { instanceId, serials } = sag.gateway('demo-sag-100wm')
  const [serial] = serials
  const changed = await sag.client.attempt('ModifySAGAdminPassword', {
    RegionId: sag.regionId,
    SmartAGId: instanceId,
    SmartAGSn: serial,
    Password: 'New_password1',
  })
  assert.ok(changed.ok)
})

test('a gateway without power refuses', async () => {
  const { instanceId, serials } = sag.gateway('demo-sag-100wm')
  const [serial] = serials
  await sag.operator('device', 'power', serial, 'off')
  const { error } = await sag.client.attempt('ModifySAGAdminPassword', {
    RegionId: sag.regionId,
    SmartAGId: instanceId,
    SmartAGSn: serial,
    Password: 'New_password1',
  })
  assert.equal(error.code, 'SmartAccessGatewayOffline')
})
