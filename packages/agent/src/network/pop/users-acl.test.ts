import type { AclConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, asked, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit } from '../../../../../test/support/time.ts'
import { openSystem, type System } from '../system.ts'
import { attachedUsers } from './remote-users.ts'
import { renderFilter } from './render-filter.ts'
import { whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

const server = '10.10.0.1'
/** Of two instances. */
const [anna, bert] = ['10.9.0.2', '10.8.0.2']
const pools = { app1194: '10.9.0.0/24', app1195: '10.8.0.0/24' } as const

const everything = { side: 'network', protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0' } as const
const toPort = (port: number) => ({ ...everything, protocol: 'tcp', toPorts: { from: port, to: port } }) as const

describe.skipIf(lack !== undefined)(`access control lists of remote users${lack ? ` (${lack})` : ''}`, () => {
  const namespaces: System[] = []
  let running: readonly Talker[] = []
  let network: System
  let cloud: System
  let userOfOne: System
  let userOfOther: System

  async function machine(name: string): Promise<System> {
    const namespace = `acl${process.pid}-${name}`
    await openSystem().ip([`netns add ${namespace}`])
    const system = openSystem(namespace)
    namespaces.push(system)
    await system.ip(['link set lo up'])
    return system
  }

  /** A machine behind an interface of the network. */
  async function behind(port: string, address: string): Promise<System> {
    const other = await machine(port)
    const gateway = address.replace(/\d+$/, '254')
    await network.ip([
      `link add ${port} type veth peer name eth0 netns ${other.namespace}`,
      `address add ${gateway}/24 dev ${port}`,
      `link set ${port} up`,
    ])
    await other.ip(['link set eth0 up', `address add ${address}/24 dev eth0`, `route add default via ${gateway}`])
    return other
  }

  beforeAll(async () => {
    network = await machine('net')
    await network.sysctl('net/ipv4/ip_forward', '1')
    cloud = await behind('eth1', server)
    userOfOne = await behind('app1194', anna)
    userOfOther = await behind('app1195', bert)
    running = [
      await answering(cloud, 'cloud', [80, 81]),
      await answering(userOfOne, 'anna', [80]),
      await answering(userOfOther, 'bert', [80]),
    ]
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(running.map((one) => one.end()))
    for (const { namespace } of namespaces) await openSystem().ip([`netns del ${namespace}`])
  }, limit(60_000))

  /** As a point of presence would be told of both instances. */
  async function hold(lists: { readonly [I in keyof typeof pools]?: AclConfig }): Promise<void> {
    const remoteAccess = (['app1194', 'app1195'] as const).map((name) => {
      const acl = lists[name]
      return { instance: name, ccn: 'ccn-1', port: Number(name.slice(3)), pool: [pools[name]], ...(acl && { acl }) }
    })
    const eth1 = { ccn: 'ccn-1', interface: 'eth1', address: '10.10.0.254/24', prefixes: ['10.10.0.0/24'] }
    const attachments = [eth1, ...attachedUsers({ remoteAccess })]
    await network.nft(renderFilter({ interworking: true, members: [] }, attachments, undefined, 1350))
  }

  const ask = (from: System, source: string, to: string, port: number, ms = impatience) =>
    asked(from, { to, port, source }, ms)

  test(
    'what a user begins and what is begun towards one are two directions, each of its own instance',
    async () => {
      await hold({})
      const answered = limit(20_000)
      expect(await ask(userOfOne, anna, server, 80, answered)).toBe(`cloud ${anna}`)

      await hold({ app1194: [{ policy: 'drop', direction: 'out', ...toPort(80) }] })
      expect(await ask(userOfOne, anna, server, 80)).toBeUndefined()
      expect(await ask(userOfOne, anna, server, 81, answered)).toBe(`cloud ${anna}`)
      expect(await ask(cloud, server, anna, 80, answered)).toBe(`anna ${server}`)
      expect(await ask(userOfOther, bert, server, 80, answered)).toBe(`cloud ${bert}`)

      await hold({ app1194: [{ policy: 'drop', direction: 'in', ...everything }] })
      expect(await ask(cloud, server, anna, 80)).toBeUndefined()
      expect(await ask(userOfOne, anna, server, 80, answered)).toBe(`cloud ${anna}`)
    },
    limit(60_000),
  )

  test(
    'of a connection between users of two instances both lists are asked',
    async () => {
      const accept = { policy: 'accept', direction: 'out', ...everything } as const
      await hold({ app1194: [accept], app1195: [{ policy: 'drop', direction: 'in', ...toPort(80) }] })
      expect(await ask(userOfOne, anna, bert, 80)).toBeUndefined()
      await hold({ app1194: [accept] })
      expect(await ask(userOfOne, anna, bert, 80, limit(20_000))).toBe(`bert ${anna}`)
    },
    limit(60_000),
  )
})
