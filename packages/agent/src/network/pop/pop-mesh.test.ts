import type { PopMember } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import {
  countRequests,
  openWorld,
  pinged,
  requests,
  type TestGateway,
  type TestWorld,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()
const attachment = {
  ccn: 'ccn-1',
  interface: 'cloud',
  address: '10.10.0.254/24',
  prefixes: ['10.10.0.0/24', '0.0.0.0/0'],
  gateway: '10.10.0.1',
}

describe.skipIf(lack !== undefined)(`two points of presence${lack === undefined ? '' : ` (${lack})`}`, () => {
  let first: TestWorld
  let second: TestWorld
  /** Its tunnel to the second is down. */
  let one: TestGateway
  /** Its tunnel to the first is down. */
  let two: TestGateway

  beforeAll(async () => {
    first = await openWorld({ wan: 'wan', attachments: [] }, 1)
    second = await openWorld({ wan: 'wan', attachments: [attachment] }, 2)
    await first.join(second)
    one = await first.gateway(1)
    two = await second.gateway(2, { vni: 5, local: '198.19.0.10', remote: '198.19.0.11' })
  })
  afterAll(async () => {
    await first?.close()
    await second?.close()
  })

  /** As the other point of presence knows it. */
  const atOther = ({ member }: TestGateway, more: Partial<PopMember>): TestGateway =>
    ({ member: { ...member, ...more } }) as TestGateway

  async function hold(interworking: boolean): Promise<void> {
    const oneAtSecond = atOther(one, { backup: true, vni: 3, local: '198.19.0.6', remote: '198.19.0.7' })
    const twoAtFirst = atOther(two, { backup: true, vni: 4, local: '198.19.0.8', remote: '198.19.0.9' })
    await first.hold([{ gateways: [one, twoAtFirst], interworking }], [second.peer])
    await second.hold([{ gateways: [oneAtSecond, two], interworking }], [first.peer])
  }

  test('members on different ones reach one another and what is attached to either, and never without interworking', async () => {
    const cloud = await second.cloud('cloud', '10.10.0.1/24', '10.10.0.254')
    await hold(true)
    await until('the other branch is reached', () => one.reaches('172.16.1.10', '172.16.2.10'))
    await until('the cloud is reached', () => one.reaches('172.16.1.10', '10.10.0.1'))
    expect(await pinged(cloud, '10.10.0.1', '172.16.1.10')).toBe(true)

    // Whether an answer comes back or not.
    await countRequests(two.system)
    await one.reaches('172.16.1.10', '172.16.2.10')
    expect(await requests(two.system)).toBe(1)
    await hold(false)
    await one.system.ip([`route replace 172.16.2.0/24 via ${one.member.local} dev ccn0`])
    expect(await one.reaches('172.16.1.10', '172.16.2.10')).toBe(false)
    expect(await requests(two.system)).toBe(1)
    await until('the cloud is reached', () => one.reaches('172.16.1.10', '10.10.0.1'))
  })
})
