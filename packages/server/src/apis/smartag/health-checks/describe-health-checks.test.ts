import type { HealthReport } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { saveHealthReport } from '../../../store/probes/health-checks.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addHealthCheck } from '../../testing/networks.suite.ts'
import { describeHealthChecks as operation } from './describe-health-checks.ts'
import { modifyHealthCheck } from './modify-health-check.ts'

testOperation(operation, (world) => {
  const rows = async (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => {
    const { HealthChecks } = await world().call(operation, { RegionId: regionId, SmartAGId, ...more })
    return HealthChecks as readonly { readonly HcInstanceId: string; readonly Status: string }[]
  }
  const listed = async (id: string, more?: Readonly<Record<string, string>>) =>
    (await rows(id, more)).map(({ HcInstanceId }) => HcInstanceId)
  const says = (serial: string, checks: HealthReport) =>
    world().store.write((tx) => saveHealthReport(tx, serial, checks, world().now))

  test('those of the instance, the oldest first, by their id and a part of the name, page by page', async () => {
    const id = await world().addInstance()
    const first = await addHealthCheck(world(), id, { name: 'north' })
    world().now += 1
    const second = await addHealthCheck(world(), id, { name: 'south' })
    await addHealthCheck(world(), await world().addInstance())
    expect(await listed(id)).toEqual([first, second])
    expect(await listed(id, { HcInstanceId: second })).toEqual([second])
    expect(await listed(id, { HcInstanceId: 'hc-none' })).toEqual([])
    expect(await listed(id, { Name: 'ort' })).toEqual([first])
    const page = await world().call(operation, { RegionId: regionId, SmartAGId: id, PageNumber: '2', PageSize: '1' })
    expect(page).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1, HealthChecks: [{ HcInstanceId: second }] })
  })

  test('the status is what the gateway with the traffic said last of these settings, while it is connected', async () => {
    const id = await world().addInstance({ haType: 'warm_backup' })
    const serial = await world().addDevice(id)
    const standby = await world().addDevice(id)
    const HcInstanceId = await addHealthCheck(world(), id)
    const check = { id: HcInstanceId, generation: 1, since: 0 }
    const status = async () => (await rows(id))[0]?.Status
    expect(await status()).toBe('unknown')
    await says(standby, [{ ...check, status: 'failed' }])
    expect(await status()).toBe('unknown')
    await says(serial, [{ ...check, status: 'success' }])
    expect(await status()).toBe('success')
    await world().call(modifyHealthCheck, { RegionId: regionId, SmartAGId: id, HcInstanceId, DstIpAddr: '10.10.0.2' })
    expect(await status()).toBe('unknown')
    await says(serial, [{ ...check, generation: 2, status: 'failed' }])
    expect(await status()).toBe('failed')
    await world().store.write((tx) =>
      tx.updateTable('device').set({ node: null }).where('serial', '=', serial).execute(),
    )
    expect(await status()).toBe('unknown')
  })

  test('of an instance that is not there, or of another account, there is none', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    await addHealthCheck(world(), foreign)
    for (const SmartAGId of ['sag-none', foreign]) {
      const answer = await world().call(operation, { RegionId: regionId, SmartAGId })
      expect(toWire(operation.result, answer)).toMatchObject({ TotalCount: 0, HealthChecks: { HealthCheck: [] } })
    }
  })
})
