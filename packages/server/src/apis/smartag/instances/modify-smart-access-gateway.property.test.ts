import { type Cidr, overlaps } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../../declare/index.ts'
import { regionId, testInWorld } from '../../testing/harness.suite.ts'
import { addCcn, change } from '../../testing/networks.suite.ts'
import { modifySmartAccessGateway as operation } from './modify-smart-access-gateway.ts'

/** Blocks of one small range in many sizes, so that they often meet. */
const block = fc
  .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 19, max: 24 }))
  .map(([third, length]) => `10.0.${third - (third % 2 ** (24 - length))}.0/${length}`)

const step = fc.record({
  instance: fc.integer({ min: 0, max: 3 }),
  cidrs: fc.array(block, { minLength: 1, maxLength: 3 }),
})

testInWorld('ModifySmartAccessGateway, after any sequence of calls', (world) => {
  test('no two blocks of an instance overlap, and none of two instances in one CCN', async () => {
    const ids: string[] = []
    for (let count = 0; count < 4; count += 1) ids.push(await world().addInstance())
    const [a = '', b = '', c = '', d = ''] = ids
    const ccnOf = new Map<string, number>([a, b].map((id) => [id, 0]))
    await addCcn(world(), { range: '10.0.0.0/8' }, a, b)
    await addCcn(world(), {}, c, d)
    for (const id of [c, d]) ccnOf.set(id, 1)

    const blocksOf = (): Promise<ReadonlyMap<string, readonly Cidr[]>> =>
      change(world(), ({ addresses }) => addresses.cidrsOf(ids))

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const { instance, cidrs } of steps) {
          const id = ids[instance] ?? a
          const before = await blocksOf()
          const accepted = await world()
            .call(operation, { RegionId: regionId, SmartAGId: id, CidrBlock: cidrs.join(',') })
            .then(
              () => true,
              (error: unknown) => {
                if (error instanceof Refusal) return false
                throw error
              },
            )
          const after = await blocksOf()
          if (!accepted) expect(after).toEqual(before)
          else expect(after.get(id)?.map(({ cidr }) => cidr)).toEqual(cidrs)
          for (const [one, other] of pairs(
            [...after].flatMap(([owner, list]) => list.map((cidr) => ({ owner, cidr }))),
          )) {
            if (ccnOf.get(one.owner) === ccnOf.get(other.owner)) expect(overlaps(one.cidr, other.cidr)).toBe(false)
          }
        }
      }),
      { numRuns: 25 },
    )
  })
})

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const))
}
