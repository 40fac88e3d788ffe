import { expect, test } from 'vitest'
import { accountId, regionId, testInWorld } from '../apis/testing/harness.suite.ts'
import { addCcn, putInto } from '../apis/testing/networks.suite.ts'
import type { OperatorContext } from './command.ts'
import { ccnList, vbrAdd, vbrList } from './networks.ts'

testInWorld('networks, for the operator', (world) => {
  function context(): OperatorContext {
    return { store: world().store } as OperatorContext
  }

  function add(input: Readonly<Record<string, unknown>>): Promise<unknown> {
    return vbrAdd.run(context(), vbrAdd.input.parse({ id: 'vbr-1', account: accountId, ...input }))
  }

  test('a VBR is registered with its routes and listed', async () => {
    const route = ['10.0.0.0/16', '172.16.0.0/24', '10.0.0.0/16']
    expect(await add({ cen: 'cen-1', route })).toEqual({ id: 'vbr-1', routes: ['10.0.0.0/16', '172.16.0.0/24'] })
    expect(await vbrList.run(context(), {})).toEqual([
      {
        id: 'vbr-1',
        account: accountId,
        region: regionId,
        cen: 'cen-1',
        bgp: true,
        routes: '10.0.0.0/16,172.16.0.0/24',
        backedUpBy: null,
      },
    ])
  })

  test('a VBR that is there already, or of no account, is refused', async () => {
    await add({})
    await expect(add({})).rejects.toThrow('The VBR vbr-1 exists already.')
    await expect(add({ id: 'vbr-2', account: 'nobody' })).rejects.toThrow('The account nobody does not exist.')
  })

  test.each([{ id: 'line' }, { region: 'cn-nowhere' }, { cen: 'backbone' }, { route: ['10.0.0.1/24'] }])(
    'input of another form is refused: %j',
    async (input) => {
      expect(vbrAdd.input.safeParse({ id: 'vbr-1', account: accountId, ...input }).success).toBe(false)
    },
  )

  test('networks are listed with their members', async () => {
    const id = await addCcn(world(), { name: 'branches', range: '10.0.0.0/16', snatRange: '10.0.0.0/25' })
    const member = await world().addInstance()
    await world().addDevice(member)
    await putInto(world(), member, id)
    await putInto(world(), await world().addInstance(), id)
    expect(await ccnList.run(context(), {})).toEqual([
      {
        id,
        account: accountId,
        region: regionId,
        name: 'branches',
        range: '10.0.0.0/16',
        snatRange: '10.0.0.0/25',
        cen: null,
        members: 2,
        up: 1,
      },
    ])
  })
})
