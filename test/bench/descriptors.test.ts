import { expect, test } from 'vitest'
import { checkDescriptors, descriptorLimit, descriptorsFor } from '../../bench/src/nodes/descriptors.ts'

const fleet = { gateways: 20_000, nodes: 3, callers: 1000 }

test('a node may get two thirds of the gateways, and a load balancer has two descriptors for each of its connections', () => {
  const few = { gateways: 300, nodes: 3, callers: 1000 }
  expect(descriptorsFor(few)).toBeGreaterThanOrEqual(2 * (100 + 1000))
  expect(descriptorsFor({ ...fleet, callers: 0 })).toBeGreaterThanOrEqual((2 / 3) * fleet.gateways)
  // The limit of many machines and containers.
  expect(descriptorsFor(fleet)).toBeLessThan(20_000)
})

test('the limit is the hard one, to which programs raise theirs by themselves; none where there is none', () => {
  const limits = (hard: string) =>
    `Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 ${hard}   files\n`
  expect(descriptorLimit(limits('20000'))).toBe(20_000)
  expect(descriptorLimit(limits('unlimited'))).toBeUndefined()
})

test('where the limit is too low the message says how many are needed and allowed, and how to raise it', () => {
  const wanted = descriptorsFor(fleet)
  expect(() => checkDescriptors(fleet, wanted - 1)).toThrow(
    `need ${wanted} open descriptors in one process, and ${wanted - 1} are allowed`,
  )
  expect(() => checkDescriptors(fleet, wanted - 1)).toThrow('ulimit -n')
  checkDescriptors(fleet, wanted)
  checkDescriptors(fleet, undefined)
})
