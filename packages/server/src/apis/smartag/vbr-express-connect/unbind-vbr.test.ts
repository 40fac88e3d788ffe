import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, putInto, setBlocks } from '../../testing/networks.suite.ts'
import { unbindVbr as operation } from './unbind-vbr.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, VbrId: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, VbrId, VbrRegionId: regionId, ...more }
  }

  function refused(SmartAGId: string, VbrId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, params(SmartAGId, VbrId, more))
  }

  /** An instance that backs up a line with these routes. */
  async function backup(
    given: { readonly cenId?: string; readonly accountId?: string } = { cenId: 'cen-1' },
  ): Promise<[instance: string, vbr: string]> {
    const id = await world().addInstance(given.accountId === undefined ? {} : { accountId: given.accountId })
    await putInto(world(), id, await addCcn(world(), given.cenId === undefined ? {} : { cenId: given.cenId }))
    return [id, await addVbr(world(), { cenId: 'cen-1', routes: '10.0.0.0/16', instanceId: id })]
  }

  test('ends the backup; the line can get another', async () => {
    const [id, vbr] = await backup()
    await setBlocks(world(), id, '10.1.0.0/16')
    expect(await world().call(operation, params(id, vbr))).toEqual({})
    await world().store.read(async (db) => {
      const { networks } = createRepositories(db)
      expect(await networks.vbrOf(id)).toBeUndefined()
      expect((await networks.vbr(vbr))?.instanceId).toBeUndefined()
    })
  })

  test.each(['SmartAGId', 'VbrId', 'VbrRegionId'])('Missing%s from the front door', async (name) => {
    expect(await refused('sag-1', 'vbr-1', { [name]: '' })).toBe(`Missing${name}`)
  })

  test('InvalidId.SMARTAG: unknown, in another region, or not of the account that was named', async () => {
    const [id, vbr] = await backup()
    expect(await refused('sag-none', vbr)).toBe('InvalidId.SMARTAG')
    expect(await refused(id, vbr, { RegionId: 'cn-hangzhou' })).toBe('InvalidId.SMARTAG')
    expect(await refused(id, vbr, { SmartAGUid: otherAccountId })).toBe('InvalidId.SMARTAG')
  })

  test("the owner of the line may let go of another account's instance, naming its owner", async () => {
    const [id, vbr] = await backup({ cenId: 'cen-1', accountId: otherAccountId })
    expect(await refused(id, vbr)).toBe('Forbidden')
    expect(await world().call(operation, params(id, vbr, { SmartAGUid: otherAccountId }))).toEqual({})
  })

  test("Forbidden: another account's instance that backs up no line of yours", async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    const theirs = await addVbr(world(), { accountId: otherAccountId, cenId: 'cen-1', instanceId: id })
    expect(await refused(id, theirs, { SmartAGUid: otherAccountId })).toBe('Forbidden')
    expect(await refused(id, await addVbr(world()), { SmartAGUid: otherAccountId })).toBe('Forbidden')
    expect(await refused(id, 'vbr-none')).toBe('Forbidden')
  })

  test('InvalidId.VBR: unknown, in another region, or the instance does not back it up', async () => {
    const [id, vbr] = await backup()
    const [, other] = await backup()
    expect(await refused(id, 'vbr-none')).toBe('InvalidId.VBR')
    expect(await refused(id, vbr, { VbrRegionId: 'cn-hangzhou' })).toBe('InvalidId.VBR')
    expect(await refused(id, other)).toBe('InvalidId.VBR')
    expect(await refused(await world().addInstance(), await addVbr(world()))).toBe('InvalidId.VBR')
  })

  test('NotBoundCEN: the network of the instance is attached to none; before VbrConflict.ChangeSubnet', async () => {
    const [id, vbr] = await backup({})
    await setBlocks(world(), id, '10.0.0.0/24')
    expect(await refused(id, vbr)).toBe('NotBoundCEN')
  })

  test('VbrConflict.ChangeSubnet: the instance still has a subnet that the line serves', async () => {
    const [id, vbr] = await backup()
    await setBlocks(world(), id, '192.168.0.0/24,10.0.4.0/24')
    expect(await refused(id, vbr)).toBe('VbrConflict.ChangeSubnet')
    await setBlocks(world(), id, '192.168.0.0/24')
    expect(await world().call(operation, params(id, vbr))).toEqual({})
  })
})
