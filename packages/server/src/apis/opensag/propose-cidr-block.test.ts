import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addCcn, addSnat, change, cidrsOf, setBlocks } from '../testing/networks.suite.ts'
import { proposeCidrBlock as operation } from './propose-cidr-block.ts'

testOperation(operation, (world) => {
  const proposed = async (params: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    (await world().call(operation, params))['CidrBlock']
  const branch = async (blocks: string, given: { readonly accountId?: string } = {}): Promise<string> => {
    const id = await world().addInstance(given)
    await setBlocks(world(), id, blocks)
    return id
  }

  test('an account without branches is offered the first private block, of the length it asks for', async () => {
    expect(await proposed()).toBe('10.0.0.0/24')
    expect(await proposed({ PrefixLength: '30' })).toBe('10.0.0.0/30')
  })

  test('the block of another account in the network is in the way as one of the own account elsewhere is', async () => {
    const theirs = await branch('10.0.1.0/24', { accountId: otherAccountId })
    await branch('10.0.0.0/24')
    const ccn = await addCcn(world(), {}, theirs)
    expect(await proposed()).toBe('10.0.1.0/24')
    expect(await proposed({ CcnId: ccn })).toBe('10.0.2.0/24')
  })

  test('a proposal lies in the range of the network, outside its SNAT range and addresses of translations', async () => {
    const member = await branch('10.8.2.0/24')
    const ccn = await addCcn(world(), { range: '10.8.0.0/22', snatRange: '10.8.0.0/24' }, member)
    await addSnat(world(), member, '192.168.9.0/24', '10.8.1.7')
    expect(await proposed({ CcnId: ccn })).toBe('10.8.3.0/24')
    expect(await proposed({ CcnId: ccn, PrefixLength: '30' })).toBe('10.8.1.0/30')
    expect(await proposed({ CcnId: ccn, PrefixLength: '22' })).toBeUndefined()
  })

  test('routes of leased lines of the account and of the CEN are in the way', async () => {
    const line = { bgp: false, regionId: 'cn-shanghai' }
    await change(world(), async ({ networks }) => {
      const theirs = { id: 'vbr-1', accountId: otherAccountId, cenId: 'cen-1', routes: cidrsOf('10.0.0.0/24') }
      await networks.addVbr({ ...line, ...theirs })
      const own = { id: 'vbr-2', accountId: world().caller.accountId, cenId: undefined, routes: cidrsOf('10.0.1.0/24') }
      await networks.addVbr({ ...line, ...own })
    })
    expect(await proposed({ CcnId: await addCcn(world(), { cenId: 'cen-1' }) })).toBe('10.0.2.0/24')
    expect(await proposed()).toBe('10.0.0.0/24')
  })

  test('InvalidId.CCN for a network of another account, unless an instance of the account is in it', async () => {
    const ccn = await addCcn(world(), { accountId: otherAccountId, range: '10.9.0.0/16' })
    expect(await world().refused(operation, { CcnId: ccn })).toBe('InvalidId.CCN')
    const joined = await addCcn(
      world(),
      { accountId: otherAccountId, range: '10.9.0.0/16' },
      await branch('10.9.0.0/24'),
    )
    expect(await proposed({ CcnId: joined })).toBe('10.9.1.0/24')
  })

  test.each([
    ['InvalidId.CCN', { CcnId: 'ccn-none' }],
    ['InvalidPrefixLength', { PrefixLength: '31' }],
  ])('%s for %j', async (code, params) => {
    expect(await world().refused(operation, params as Record<string, string>)).toBe(code)
  })

  test('InvalidId.CCN for a network of another region than is named', async () => {
    const ccn = await addCcn(world(), { regionId: 'cn-hangzhou' })
    expect(await world().refused(operation, { CcnId: ccn, RegionId: 'cn-shanghai' })).toBe('InvalidId.CCN')
    expect(await proposed({ CcnId: ccn, RegionId: 'cn-hangzhou' })).toBe('10.0.0.0/24')
  })
})
