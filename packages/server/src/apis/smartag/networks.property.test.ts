import { overlaps } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../declare/index.ts'
import { holds } from '../../model/snat.ts'
import { createRepositories } from '../../store/repositories.ts'
import type { Operation } from '../operation.ts'
import { type Harness, openHarness, regionId } from '../testing/harness.suite.ts'
import { setBlocks } from '../testing/networks.suite.ts'
import { bindSmartAccessGateway } from './ccn/bind-smart-access-gateway.ts'
import { createCloudConnectNetwork } from './ccn/create-cloud-connect-network.ts'
import { deleteCloudConnectNetwork } from './ccn/delete-cloud-connect-network.ts'
import { modifyCloudConnectNetwork } from './ccn/modify-cloud-connect-network.ts'
import { unbindSmartAccessGateway } from './ccn/unbind-smart-access-gateway.ts'
import { modifySmartAccessGateway } from './instances/modify-smart-access-gateway.ts'
import { addDnatEntry } from './nat/add-dnat-entry.ts'
import { addSnatEntry } from './nat/add-snat-entry.ts'

const instanceCount = 4

// Few networks, few blocks: so that most steps meet what earlier ones did.
const network = fc.nat(1)
const instance = fc.nat(instanceCount - 1)
const block = fc.constantFrom('10.0.0.0/24', '10.0.0.128/25', '10.0.1.0/24', '10.0.0.0/22', '10.1.0.0/24')
const range = fc.constantFrom('10.0.0.0/8', '10.0.0.0/8', '10.0.0.0/16', '10.0.0.0/24')
const address = fc.constantFrom('10.0.0.5', '10.0.0.130', '10.0.1.9', '10.1.0.9', '10.1.0.200', '10.2.0.1')
const snatRange = fc.option(fc.constantFrom('10.0.1.0/25', '10.1.0.0/25', '10.0.0.0/28'), { nil: undefined })
const create = fc.record({ kind: fc.constant('create' as const), range: fc.option(range, { nil: undefined }) })

const step = fc.oneof(
  create,
  fc.record({ kind: fc.constant('delete' as const), network }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bind' as const), network, instance }) },
  fc.record({ kind: fc.constant('unbind' as const), network, instance }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reshape' as const), network, range, snatRange }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), instance, block }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('hide', 'hideOnly', 'lead'), instance, address }) },
)

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Whether the call was answered; a refusal is an answer too, any other error is not. */
async function call(world: Harness, operation: Operation, params: Record<string, string | undefined>) {
  const sent = Object.fromEntries(Object.entries({ RegionId: regionId, ...params }).filter(([, value]) => value))
  try {
    return await world.call(operation, sent as Record<string, string>)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function play(world: Harness, networks: string[], instances: readonly string[], next: Step): Promise<void> {
  const CcnId = 'network' in next ? (networks[next.network] ?? 'ccn-none') : undefined
  const SmartAGId = 'instance' in next ? instances[next.instance] : undefined
  switch (next.kind) {
    case 'create': {
      const isRoom = networks.length < 2
      const created = isRoom ? await call(world, createCloudConnectNetwork, { CidrBlock: next.range }) : undefined
      if (created !== undefined) networks.push(String(created.CcnId))
      return
    }
    case 'delete': {
      const members = await membersOf(world, CcnId)
      const deleted = await call(world, deleteCloudConnectNetwork, { CcnId })
      if (deleted === undefined) return
      expect(members).toEqual([])
      networks.splice(networks.indexOf(String(CcnId)), 1)
      return
    }
    case 'bind':
      await call(world, bindSmartAccessGateway, { CcnId, SmartAGId })
      return
    case 'unbind':
      await call(world, unbindSmartAccessGateway, { CcnId, SmartAGId })
      return
    case 'reshape':
      await call(world, modifyCloudConnectNetwork, { CcnId, CidrBlock: next.range, SnatCidrBlock: next.snatRange })
      return
    case 'move':
      await call(world, modifySmartAccessGateway, { SmartAGId, CidrBlock: next.block })
      return
    case 'hide':
      // A source of its own each time; which one it is does not matter here.
      await call(world, addSnatEntry, { SmartAGId, CidrBlock: sourceFor(next.address), SnatIp: next.address })
      return
    case 'lead':
      await call(world, addDnatEntry, {
        SagId: SmartAGId,
        IpProtocol: 'tcp',
        ExternalIp: next.address,
        ExternalPort: '80',
        InternalIp: '192.168.0.9',
        InternalPort: '80',
      })
      return
    case 'hideOnly':
      await call(world, modifySmartAccessGateway, {
        SmartAGId,
        'SnatEntries.1.CidrBlock': sourceFor(next.address),
        'SnatEntries.1.SnatIp': next.address,
      })
  }
}

function sourceFor(address: string): string {
  return `192.168.${address.split('.').at(-1)}.0/24`
}

async function membersOf({ store }: Harness, ccnId: string | undefined): Promise<readonly string[]> {
  const rows = await store.read((db) =>
    db.selectFrom('instance').select('id').where('ccn_id', '=', String(ccnId)).execute(),
  )
  return rows.map(({ id }) => id)
}

/** What must hold of every network at every moment. */
async function checkNetworks(world: Harness, instances: readonly string[]): Promise<void> {
  await world.store.read(async (db) => {
    const { networks, fleet, addresses } = createRepositories(db)
    const members = await Promise.all(
      instances.map(async (id) => {
        const ccnId = (await fleet.instanceById(id))?.ccnId
        const ccn = ccnId === undefined ? undefined : await networks.ccn(ccnId)
        if (ccnId !== undefined && ccn === undefined) throw new Error('A network with a member was deleted.')
        return {
          ccn,
          blocks: await addresses.cidrs(id),
          hidden: await addresses.snatEntries(id),
          led: await addresses.dnatEntries(id),
        }
      }),
    )
    members.forEach(({ ccn, blocks }, index) => {
      if (ccn === undefined) return
      for (const block of blocks) {
        expect(ccn.snatCidrs.some((snat) => overlaps(snat, block))).toBe(false)
        for (const other of members.slice(index + 1)) {
          if (other.ccn?.id === ccn.id) expect(other.blocks.some((rival) => overlaps(rival, block))).toBe(false)
        }
      }
    })
    // So whatever a member has it can be given again.
    const networksMet = new Set(members.flatMap(({ ccn }) => ccn?.id ?? []))
    for (const met of networksMet) {
      const inside = members.filter(({ ccn }) => ccn?.id === met)
      const used = inside.flatMap(({ hidden, led }) => [
        ...hidden.map(({ snatIp }) => snatIp),
        ...led.flatMap(({ externalIp }) => externalIp ?? []),
      ])
      expect(new Set(used).size).toBe(used.length)
      for (const { blocks } of inside) expect(used.filter((one) => holds(blocks, one))).toEqual([])
    }
    const stored = await db
      .selectFrom('instance_cidr')
      .innerJoin('instance', 'instance.id', 'instance_id')
      .select(['instance.ccn_id as owner', 'instance_cidr.ccn_id as block'])
      .execute()
    for (const { owner, block } of stored) expect(block).toBe(owner)
  })
}

test('whatever is created, bound, moved and changed: members never overlap nor share an address, and what has members stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { minLength: instanceCount, maxLength: instanceCount }),
      fc.array(step, { minLength: 20, maxLength: 40 }),
      fc.tuple(create, create),
      async (blocks, steps, first) => {
        const world = await openHarness()
        try {
          const instances: string[] = []
          for (const given of blocks) {
            const id = await world.addInstance()
            await setBlocks(world, id, given)
            instances.push(id)
          }
          const networks: string[] = []
          for (const next of [...first, ...steps]) {
            await play(world, networks, instances, next)
            await checkNetworks(world, instances)
          }
        } finally {
          await world.close()
        }
      },
    ),
    { numRuns: 12 },
  )
})
