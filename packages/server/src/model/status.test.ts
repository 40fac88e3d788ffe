import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessStateOf, type Status, statusOf } from './status.ts'
import { exampleDevice, exampleInstance } from './testing/example.suite.ts'

const inCcn = { ccnId: 'ccn-1', tunnelUp: true }
const activated = { paidAt: 0, shippedAt: 0, arrivedAt: 0, activatedAt: 0 }
const active = exampleDevice({ role: 'active' })

describe('status', () => {
  const rows: readonly (readonly [string, Parameters<typeof exampleInstance>[0], typeof inCcn | undefined, Status])[] =
    [
      ['being returned', { ...activated, activatedAt: undefined, returningAt: 1 }, undefined, 'Returning'],
      ['being returned and overdue', { overdueSince: 0, returningAt: 1 }, undefined, 'Returning'],
      ['overdue and not even paid', { overdueSince: 0 }, undefined, 'Arrearage'],
      ['past its end', { ...activated, endsAt: 1, devices: [active] }, inCcn, 'Arrearage'],
      ['not paid', {}, undefined, 'Init'],
      ['paid', { paidAt: 0 }, undefined, 'Ordered'],
      ['shipped', { paidAt: 0, shippedAt: 0 }, undefined, 'Delivered'],
      ['arrived', { paidAt: 0, shippedAt: 0, arrivedAt: 0 }, inCcn, 'Received'],
      ['a paid App', { kind: 'app', paidAt: 0 }, undefined, 'Active'],
      ['an unpaid App', { kind: 'app' }, undefined, 'Init'],
      ['a paid vCPE in no network', { kind: 'vcpe', paidAt: 0 }, undefined, 'Init'],
      ['activated, in no network', { ...activated, devices: [active] }, undefined, 'Init'],
      ['in a network without devices', activated, inCcn, 'Offline'],
      ['in a network, connected', { ...activated, devices: [active] }, inCcn, 'Active'],
      ['in a network, tunnel down', { ...activated, devices: [active] }, { ...inCcn, tunnelUp: false }, 'Offline'],
      [
        'only the standby connected',
        {
          ...activated,
          devices: [exampleDevice({ role: 'active', connected: false }), exampleDevice({ role: 'standby' })],
        },
        inCcn,
        'Offline',
      ],
      [
        'only the active connected',
        {
          ...activated,
          devices: [active, exampleDevice({ role: 'standby', connected: false })],
        },
        inCcn,
        'Active',
      ],
    ]
  test.each(rows)('%s', (_, facts, attachment, status) => {
    expect(statusOf(exampleInstance(facts), 2, attachment)).toBe(status)
  })

  test('in a network it is Active while the active device is connected, Offline while it is not', () => {
    const devices = [exampleDevice({ role: 'standby' }), active]
    expect(statusOf(exampleInstance({ ...activated, ccnId: 'ccn-1', devices }), 2)).toBe('Active')
    const down = [exampleDevice({ role: 'standby' }), exampleDevice({ role: 'active', connected: false })]
    expect(statusOf(exampleInstance({ ...activated, ccnId: 'ccn-1', devices: down }), 2)).toBe('Offline')
    expect(statusOf(exampleInstance({ ...activated, devices }), 2)).toBe('Init')
  })

  test('is Arrearage exactly when the business state is, unless it goes back', () => {
    const time = fc.option(fc.nat(100), { nil: undefined })
    const facts = fc.record({
      kind: fc.constantFrom('hardware' as const, 'vcpe' as const, 'app' as const),
      paidAt: time,
      shippedAt: time,
      arrivedAt: time,
      activatedAt: time,
      overdueSince: time,
      endsAt: time,
    })
    fc.assert(
      fc.property(facts, fc.nat(200), (given, now) => {
        const instance = exampleInstance(given)
        expect(statusOf(instance, now) === 'Arrearage').toBe(businessStateOf(instance, now) === 'Arrearage')
        expect(statusOf({ ...instance, returningAt: 1 }, now)).toBe('Returning')
      }),
    )
  })
})
