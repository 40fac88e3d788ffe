import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addDnatEntry } from './add-dnat-entry.ts'
import { describeDnatEntries as operation } from './describe-dnat-entries.ts'

testOperation(operation, (world) => {
  async function described(SagId: string, more: Readonly<Record<string, string>> = {}) {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, SagId, ...more }))
  }

  const asked = [
    { Type: 'Intranet', IpProtocol: 'TCP', ExternalIp: '10.255.0.1', ExternalPort: '80', InternalPort: '8080' },
    { Type: 'Internet', IpProtocol: 'Udp', ExternalIp: '', ExternalPort: 'ANY', InternalPort: 'any' },
    { Type: 'Intranet', IpProtocol: 'ANY', ExternalIp: '10.255.0.2', ExternalPort: 'Any', InternalPort: 'any' },
  ].map((one) => ({ ...one, InternalIp: '192.168.0.9' }))

  test('shows the entries of both kinds or of one, as they are read back: in lower case, the oldest first, page by page', async () => {
    const id = await world().addInstance()
    const shown: Readonly<Record<string, string>>[] = []
    for (const entry of asked) {
      for (const SagId of [id, await world().addInstance()]) {
        const { DnatEntryId } = await world().call(addDnatEntry, { RegionId: regionId, SagId, ...entry })
        const [IpProtocol, ExternalPort] = [entry.IpProtocol, entry.ExternalPort].map((text) => text.toLowerCase())
        if (SagId === id)
          shown.push({ ...entry, SagId, DnatEntryId: String(DnatEntryId), IpProtocol, ExternalPort } as never)
      }
      world().now += 1
    }
    const page = { TotalCount: 3, PageNumber: 1, PageSize: 10 }
    expect(await described(id)).toEqual({ ...page, DnatEntries: { DnatEntry: shown } })
    expect(await described(id, { PageNumber: '2', PageSize: '2' })).toEqual({
      ...page,
      PageNumber: 2,
      PageSize: 2,
      DnatEntries: { DnatEntry: shown.slice(2) },
    })
    for (const Type of ['Intranet', 'Internet']) {
      const ofType = shown.filter((one) => one['Type'] === Type)
      expect(await described(id, { Type })).toEqual({
        ...page,
        TotalCount: ofType.length,
        DnatEntries: { DnatEntry: ofType },
      })
    }
  })

  test('an empty list of an instance without one, in another region, and of none', async () => {
    const ids = [await world().addInstance(), await world().addInstance({ regionId: 'cn-hangzhou' }), 'sag-none']
    for (const id of ids) expect(await described(id)).toMatchObject({ TotalCount: 0, DnatEntries: { DnatEntry: [] } })
  })

  test('Forbidden: of another account', async () => {
    const SagId = await world().addInstance({ accountId: otherAccountId })
    expect(await world().refused(operation, { RegionId: regionId, SagId })).toBe('Forbidden')
  })

  test.each([[{ RegionId: '' }], [{ SagId: ' ' }]])('MissingParameter: %j', async (more) => {
    const sent = { RegionId: regionId, SagId: 'sag-none', ...more }
    expect(await world().refused(operation, sent)).toBe('MissingParameter')
  })

  test.each([[{ SagId: 'x' }], [{ Type: 'Both' }], [{ PageNumber: '0' }], [{ PageSize: '51' }]])(
    'InvalidParameter: %j',
    async (more) => {
      const sent = { RegionId: regionId, SagId: 'sag-none', ...more }
      expect(await world().refused(operation, sent)).toBe('InvalidParameter')
    },
  )
})
