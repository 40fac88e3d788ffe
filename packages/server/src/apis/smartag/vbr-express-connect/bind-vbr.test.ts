import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, grantToVbr, putInto, setBlocks } from '../../testing/networks.suite.ts'
import { bindVbr as operation } from './bind-vbr.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, VbrId: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, VbrId, VbrRegionId: regionId, ...more }
  }

  function refused(SmartAGId: string, VbrId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, params(SmartAGId, VbrId, more))
  }

  async function bind(SmartAGId: string, VbrId: string): Promise<void> {
    expect(await world().call(operation, params(SmartAGId, VbrId))).toEqual({})
    const vbr = await world().store.read((db) => createRepositories(db).networks.vbrOf(SmartAGId))
    expect(vbr?.id).toBe(VbrId)
  }

  /** An instance in a network that is attached to `cen-1`. */
  async function inCen(
    instance: Parameters<ReturnType<typeof world>['addInstance']>[0] = {},
    cenId: string | undefined = 'cen-1',
  ): Promise<string> {
    const id = await world().addInstance(instance)
    await putInto(world(), id, await addCcn(world(), cenId === undefined ? {} : { cenId }))
    return id
  }

  test('lets the instance back up the line, whose subnets are its own', async () => {
    const id = await inCen()
    await setBlocks(world(), id, '10.0.0.0/24')
    await bind(id, await addVbr(world(), { cenId: 'cen-1', routes: '10.0.0.0/16' }))
  })

  test('also when the network is attached to no CEN yet, and when the VBR lives in another region', async () => {
    const id = await world().addInstance()
    await putInto(world(), id, await addCcn(world()))
    const vbr = await addVbr(world(), { cenId: 'cen-1', regionId: 'cn-hangzhou' })
    await world().call(operation, params(id, vbr, { VbrRegionId: 'cn-hangzhou' }))
  })

  test.each(['SmartAGId', 'VbrId', 'VbrRegionId'])('Missing%s from the front door', async (name) => {
    expect(await refused('sag-1', 'vbr-1', { [name]: '' })).toBe(`Missing${name}`)
  })

  test('InvalidId.SMARTAG: unknown, in another region, or not of the account that was named', async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1' })
    expect(await refused('sag-none', vbr)).toBe('InvalidId.SMARTAG')
    expect(await refused(await inCen({ regionId: 'cn-hangzhou' }), vbr)).toBe('InvalidId.SMARTAG')
    expect(await refused(await inCen(), vbr, { SmartAGUid: otherAccountId })).toBe('InvalidId.SMARTAG')
  })

  test("backs up your line with another account's instance that was granted to it", async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1' })
    const id = await inCen({ accountId: otherAccountId })
    await grantToVbr(world(), id, vbr, accountId)
    expect(await world().call(operation, params(id, vbr, { SmartAGUid: otherAccountId }))).toEqual({})
  })

  test("Forbidden: another account's instance that was not granted to this line, or whose owner is not named", async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1' })
    const id = await inCen({ accountId: otherAccountId })
    await grantToVbr(world(), id, await addVbr(world(), { cenId: 'cen-1' }), accountId)
    expect(await refused(id, vbr)).toBe('Forbidden')
    expect(await refused(id, vbr, { SmartAGUid: otherAccountId })).toBe('Forbidden')
    await grantToVbr(world(), id, vbr, accountId)
    expect(await refused(id, vbr)).toBe('Forbidden')
  })

  test('InvalidId.VBR: unknown, of another account, in another region, or without BGP', async () => {
    const id = await inCen()
    expect(await refused(id, 'vbr-none')).toBe('InvalidId.VBR')
    expect(await refused(id, await addVbr(world(), { cenId: 'cen-1', accountId: otherAccountId }))).toBe(
      'InvalidId.VBR',
    )
    expect(await refused(id, await addVbr(world(), { cenId: 'cen-1', regionId: 'cn-hangzhou' }))).toBe('InvalidId.VBR')
    expect(await refused(id, await addVbr(world(), { cenId: 'cen-1', bgp: false }))).toBe('InvalidId.VBR')
  })

  test('SAG.SoftwareNoSupportVbr: an App', async () => {
    expect(await refused(await inCen({ kind: 'app' }), await addVbr(world(), { cenId: 'cen-1' }))).toBe(
      'SAG.SoftwareNoSupportVbr',
    )
  })

  test('NotBoundCCN: in no network', async () => {
    expect(await refused(await world().addInstance(), await addVbr(world(), { cenId: 'cen-1' }))).toBe('NotBoundCCN')
  })

  test('FeatureNotSupport: no port for a leased line', async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1' })
    expect(await refused(await inCen({ spec: 'sag-100wm' }), vbr)).toBe('FeatureNotSupport')
    expect(await refused(await inCen({ kind: 'vcpe' }), vbr)).toBe('FeatureNotSupport')
    const small = await inCen()
    await world().addDevice(small, { model: 'sag-100wm' })
    expect(await refused(small, vbr)).toBe('FeatureNotSupport')
  })

  test("SAG.VbrNotBondCen: in no CEN, or in another than the network's", async () => {
    expect(await refused(await inCen(), await addVbr(world()))).toBe('SAG.VbrNotBondCen')
    expect(await refused(await inCen(), await addVbr(world(), { cenId: 'cen-2' }))).toBe('SAG.VbrNotBondCen')
  })

  test('SAG.VbrBound: it backs up another line; LinkLevelBackupExists: it backs up this one', async () => {
    const [id, vbr] = [await inCen(), await addVbr(world(), { cenId: 'cen-1' })]
    await bind(id, vbr)
    expect(await refused(id, await addVbr(world(), { cenId: 'cen-1' }))).toBe('SAG.VbrBound')
    expect(await refused(id, vbr)).toBe('LinkLevelBackupExists')
  })

  test('SAG.VbrBoundToSAG: another instance backs it up', async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1', instanceId: await inCen() })
    expect(await refused(await inCen(), vbr)).toBe('SAG.VbrBoundToSAG')
  })

  test('VbrConflict.CreateBackup: its subnet is served by another line of the CEN', async () => {
    const id = await inCen()
    await setBlocks(world(), id, '10.0.0.0/24,10.9.0.0/24')
    await addVbr(world(), { cenId: 'cen-2', routes: '10.0.0.0/8' })
    const own = await addVbr(world(), { cenId: 'cen-1', routes: '10.0.0.0/24' })
    await addVbr(world(), { cenId: 'cen-1', routes: '172.16.0.0/16,10.9.0.128/25' })
    expect(await refused(id, own)).toBe('VbrConflict.CreateBackup')
    await setBlocks(world(), id, '10.0.0.0/24')
    await bind(id, own)
  })

  test('of two errors the earlier row answers', async () => {
    const free = await addVbr(world(), { cenId: 'cen-1' })
    const unattached = await addVbr(world())
    expect(await refused('sag-none', 'vbr-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(await inCen({ accountId: otherAccountId }), 'vbr-none')).toBe('Forbidden')
    expect(await refused(await inCen({ kind: 'app' }), 'vbr-none')).toBe('InvalidId.VBR')
    expect(await refused(await world().addInstance({ kind: 'app' }), free)).toBe('SAG.SoftwareNoSupportVbr')
    expect(await refused(await world().addInstance({ kind: 'vcpe' }), free)).toBe('NotBoundCCN')
    expect(await refused(await inCen({ kind: 'vcpe' }), unattached)).toBe('FeatureNotSupport')

    const busy = await inCen()
    const busyLine = await addVbr(world(), { cenId: 'cen-1', routes: '10.0.0.0/8', instanceId: busy })
    expect(await refused(busy, unattached)).toBe('SAG.VbrNotBondCen')
    const taken = await addVbr(world(), { cenId: 'cen-1', instanceId: await inCen() })
    expect(await refused(busy, taken)).toBe('SAG.VbrBound')
    const clashing = await inCen()
    await setBlocks(world(), clashing, '10.0.0.0/24')
    expect(await refused(clashing, taken)).toBe('SAG.VbrBoundToSAG')
    await setBlocks(world(), busy, '172.16.0.0/24')
    await addVbr(world(), { cenId: 'cen-1', routes: '172.16.0.0/16' })
    expect(await refused(busy, busyLine)).toBe('LinkLevelBackupExists')
  })

  test('two instances for one line: one gets it', async () => {
    const vbr = await addVbr(world(), { cenId: 'cen-1' })
    const rivals = [await inCen(), await inCen()]
    const outcomes = await Promise.allSettled(rivals.map((id) => world().call(operation, params(id, vbr))))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
