// Tests of somebody's automation, run with the installed package: servers share nothing, repeat by a seed, and leave nothing.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { smartagClient } from '@opensag/smartag-client'
import { OpenSag } from '@opensag/testing'

const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const folders = () => readdirSync(parent).filter((name) => name.startsWith('opensag-test-'))
const whole = async (sag) => {
  const page = await sag.client.call('DescribeSmartAccessGateways', { RegionId: sag.regionId, PageSize: 50 })
  return page.SmartAccessGateways.SmartAccessGateway.map(({ Name, Status }) => `${Name} ${Status}`).sort()
}

test('servers that run at the same time share neither gateways nor keys nor clocks', async (t) => {
  const [one, other] = await Promise.all([OpenSag.start({ fleet: [{ name: 'mine' }] }), OpenSag.start({ fleet: 2 })])
  t.after(() => Promise.all([one.stop(), other.stop()]))
  await one.clock.advance({ days: 400 })
  assert.deepEqual(await whole(one), ['mine Arrearage'])
  assert.deepEqual(await whole(other), ['branch-1 Active', 'branch-2 Active'])
  const stranger = smartagClient({ endpoint: one.endpoint, key: other.key })
  const { error } = await stranger.attempt('DescribeRegions', {})
  assert.equal(error?.code, 'InvalidAccessKeyId.NotFound')
  await one.stop()
  assert.ok((await other.client.attempt('DescribeRegions', {})).ok)
})

test('the same seed breaks the same gateways in the same way, another one others', async (t) => {
  const chosen = async (seed) => {
    const sag = await OpenSag.start({ fleet: 6, seed })
    t.after(() => sag.stop())
    const broken = await sag.breakSome(4)
    await assert.rejects(sag.breakSome(3), /Only 2 gateways are whole/)
    return broken.map(({ gateway, fault }) => `${gateway.name} ${fault}`)
  }
  const [first, again, others] = await Promise.all([chosen(7), chosen(7), chosen(8)])
  assert.deepEqual(again, first)
  assert.notDeepEqual(others, first)
})

test('a gateway of any model has the password it is given', async (t) => {
  const password = 'First_password1'
  const models = ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G']
  const sag = await OpenSag.start({ fleet: models.map((model) => ({ model, password, passwordAgeDays: 9 })) })
  t.after(() => sag.stop())
  for (const gateway of sag.gateways) assert.ok(await gateway.accepts(password), gateway.model)
})

test('after stop nothing is left: no server, no folder, and a second stop does nothing', async () => {
  const before = folders()
  const sag = await OpenSag.start()
  assert.equal(folders().length, before.length + 1)
  const { client } = sag
  const localConsole = sag.gateways[0].localConsole()
  await sag.stop()
  await sag.stop()
  await assert.rejects(client.call('DescribeRegions', {}), { name: 'Unreachable' })
  await assert.rejects(fetch(localConsole))
  assert.deepEqual(folders(), before)
})

test('a process ends by itself after stop; one that ends without leaves no folder either', () => {
  const before = folders()
  const statusOf = (end) => {
    const program = `import { OpenSag } from '@opensag/testing'; const sag = await OpenSag.start(); ${end}`
    const options = { cwd: import.meta.dirname, timeout: Number(process.env.LIMIT_MS) }
    return spawnSync(process.execPath, ['--input-type=module', '--eval', program], options).status
  }
  assert.equal(statusOf('await sag.stop()'), 0)
  assert.equal(statusOf('process.exit(3)'), 3)
  assert.deepEqual(folders(), before)
})

test('what cannot be is refused before anything is started', async () => {
  const before = folders()
  await assert.rejects(OpenSag.start({ fleet: [{ name: 'x1', passwordAgeDays: 3 }] }), /needs a password/)
  await assert.rejects(OpenSag.start({ fleet: [{ name: '-' }] }), /2 to 128 letters/)
  assert.deepEqual(folders(), before)
})
