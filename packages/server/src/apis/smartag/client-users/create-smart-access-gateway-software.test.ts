import { expect, test } from 'vitest'
import { instanceLimit } from '../../../model/instance-limit.ts'
import { statusOf } from '../../../model/status.ts'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { fillAccount } from '../../testing/full-account.suite.ts'
import { accountId, day, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createSmartAccessGatewaySoftware as operation } from './create-smart-access-gateway-software.ts'

testOperation(operation, (world) => {
  const request = (more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    ChargeType: 'PREPAY',
    Period: '1',
    AutoPay: 'true',
    UserCount: '5',
    DataPlan: '5',
    ...more,
  })

  async function created(more: Readonly<Record<string, string>> = {}) {
    const { SmartAGId, OrderId } = await world().call(operation, request(more))
    expect([SmartAGId, OrderId]).toEqual([
      expect.stringMatching(/^sag-[a-z0-9]{18}$/),
      expect.stringMatching(/^\d{15}$/),
    ])
    const instance = await world().fleet.instanceById(String(SmartAGId))
    if (instance === undefined) throw new Error('There is no such instance.')
    return instance
  }

  test('serves from payment on, without an activation', async () => {
    const app = await created()
    expect(app).toMatchObject({ accountId, regionId, kind: 'app', spec: 'sag-software', userCount: 5, dataPlan: 5 })
    expect(statusOf(app, world().now)).toBe('Active')
  })

  test('waits for payment when it is not paid at once', async () => {
    const app = await created({ AutoPay: 'false' })
    expect(statusOf(app, world().now)).toBe('Init')
    expect(await world().fleet.advanceOrder(app.id, 'pay', world().now)).toBe('done')
    const paid = await world().fleet.instanceById(app.id)
    expect(paid && statusOf(paid, world().now)).toBe('Active')
  })

  test('without a shop it serves at once and never expires', async () => {
    world().shop = false
    const app = await created({ AutoPay: 'false' })
    expect(statusOf(app, world().now)).toBe('Active')
    expect(statusOf(app, world().now + 400 * day)).toBe('Active')
  })

  test('the first of an account gets a code, which is the default of all that follow', async () => {
    const first = await created()
    const second = await created({ AutoPay: 'false' })
    expect(first.enterpriseCode).toMatch(/^(?=.*[a-z])(?=.*[0-9])[a-z0-9]{5}$/)
    expect(second.enterpriseCode).toBe(first.enterpriseCode)
    const code = await world().store.read((db) => createEnterpriseCodes(db).defaultOf(accountId))
    expect(code).toMatchObject({ code: first.enterpriseCode, isDefault: true })
  })

  test.each([
    ['InvalidUserCount', { UserCount: '0' }],
    ['InvalidUserCount', { UserCount: '2001' }],
    ['InvalidDataPlan', { DataPlan: '10' }],
    ['InvalidPeriod', { Period: '10' }],
    ['InvalidChargeType', { ChargeType: 'POSTPAY' }],
    ['MissingUserCount', { UserCount: '' }],
    ['MissingAutoPay', { AutoPay: '' }],
  ])('%s from the front door: %o', async (code, more) => {
    expect(await world().refused(operation, request(more))).toBe(code)
  })

  test('SAG.AmountLimit: the account has as many as are sold to one; without a shop it may have more', async () => {
    await fillAccount(world(), instanceLimit(true))
    expect(await world().refused(operation, request())).toBe('SAG.AmountLimit')
    world().shop = false
    expect(await world().call(operation, request())).toHaveProperty('SmartAGId')
  })
})
