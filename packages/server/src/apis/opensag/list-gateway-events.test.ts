import { expect, test } from 'vitest'
import { recordEvent } from '../../store/gateways/events.ts'
import { setAllOffline, setConnected } from '../../store/gateways/presence.ts'
import { writeUnit } from '../../store/repositories.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { listGatewayEvents as operation } from './list-gateway-events.ts'

testOperation(operation, (world) => {
  const at = Date.UTC(2026, 0, 2)
  const record = (serial: string, detail: string): Promise<void> =>
    world().store.write((tx) => recordEvent(tx, { serial, kind: 'DeviceHacked', at, detail }))
  const list = (params: Readonly<Record<string, string>>) => world().call(operation, params)
  const detailsIn = (answer: Readonly<Record<string, unknown>>): readonly (string | undefined)[] =>
    (answer['Events'] as readonly { Detail?: string }[]).map(({ Detail }) => Detail)

  test('what happened, the newest first, whichever way it was recorded', async () => {
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id, { connected: false })
    await world().store.write(async (tx) => {
      await setConnected(tx, serial, { node: 'one', at })
      await setAllOffline(tx, { node: 'one', at: at + 1000, reason: 'The server stopped.' })
    })
    expect(await list({ SmartAGId: id })).toEqual({
      Events: [
        {
          EventId: expect.stringMatching(/^\d+$/),
          SerialNumber: serial,
          Name: 'DeviceOffline',
          Time: '2026-01-02T00:00:01.000Z',
          Detail: 'The server stopped.',
        },
        { EventId: expect.any(String), SerialNumber: serial, Name: 'DeviceOnline', Time: '2026-01-02T00:00:00.000Z' },
      ],
      MaxResults: 20,
    })
  })

  test('only what was while the device was bound to it', async () => {
    const [id, next] = [
      await world().addInstance({ accountId }),
      await world().addInstance({ accountId: otherAccountId }),
    ]
    const serial = await world().addDevice(id)
    await record(serial, 'while it was here')
    const units = { store: world().store, tellGateways: () => {} }
    await writeUnit(units, async ({ fleet }) => {
      await fleet.unbind(serial)
      await fleet.bind(serial, next, 'active', at)
    })
    await record(serial, 'while it was elsewhere')
    expect(detailsIn(await list({ SmartAGId: id }))).toEqual(['while it was here'])
  })

  test('page by page, and of one device only', async () => {
    const id = await world().addInstance({ accountId, haType: 'warm_backup' })
    const [one, two] = [await world().addDevice(id), await world().addDevice(id)]
    for (const detail of ['a', 'b', 'c']) {
      await record(one, detail)
      await record(two, `other ${detail}`)
    }
    const params = { SmartAGId: id, SerialNumber: one, MaxResults: '2' }
    const page = await list(params)
    expect(detailsIn(page)).toEqual(['c', 'b'])
    const rest = await list({ ...params, NextToken: String(page['NextToken']) })
    expect([detailsIn(rest), rest['NextToken']]).toEqual([['a'], undefined])
  })

  test('a token that is none is invalid', async () => {
    expect(await world().refused(operation, { SmartAGId: 'sag-x', NextToken: 'elsewhere' })).toBe('InvalidNextToken')
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })
})
