import { writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { limit, until } from '../support/time.ts'
import { sh } from './bench.ts'
import { answered, untilCutOff, untilReached } from './ping.ts'
import { addressIn, routesOf, type Site } from './site.ts'

/** Networks behind a router in the branch `two`: what OSPF tells of, what BGP tells of, and what belongs to another branch. */
const [byOspf, byBgp, stolen] = ['192.168.77.1', '192.168.78.1', '172.16.1.1']

/** Routes that a router in a branch tells of. */
export function testRoutes(site: () => Site): void {
  let router: Machine

  beforeAll(async () => {
    router = await addRouter(site())
  }, limit(60_000))

  test('with static routing nobody hears of the networks behind a router of a branch', async () => {
    const { one, two } = site()
    await untilReached(one.terminal.machine, await addressIn(two, '172.16.20.'))
    expect(await answered(one.terminal.machine, byOspf, 3)).toBe(0)
  })

  test('with dynamic routing what it tells by OSPF and by BGP is reached', async () => {
    const { world, one, two, cloudOfFirst } = site()
    await world.modify(two, { RoutingStrategy: 'dynamic' })
    for (const from of [one.terminal.machine, cloudOfFirst]) {
      await untilReached(from, byOspf)
      await untilReached(from, byBgp)
    }
  })

  test('a branch that tells of a block of another one does not get its packets, not even those of its own terminals', async () => {
    const { one, two, cloudOfFirst } = site()
    // Both halves of the block too: a longer prefix counts more than any preference.
    await sh(router, 'for half in 1 129; do ip addr add 172.16.1.$half/25 dev stolen; done; ip link set stolen up')
    await until('its gateway has heard', async () =>
      /172\.16\.1\.128\/25 via 172\.16\.20\./.test(await routesOf(two.gateway)),
    )
    // Whatever follows from the theft has followed when the next thing that is told has come through.
    await sh(router, 'ip addr add 192.168.79.1/24 dev ospf')
    await untilReached(cloudOfFirst, '192.168.79.1')
    // A loaded machine may lose one.
    for (const from of [cloudOfFirst, two.terminal.machine])
      expect(await answered(from, await addressIn(one, '172.16.1.'), 5)).toBeGreaterThanOrEqual(4)
    await sh(router, 'ip link set stolen down')
  })

  test('a network that is withdrawn is no longer reached, and in no routing table, until it is told of again', async () => {
    const { one } = site()
    await sh(router, 'ip link set ospf down')
    await untilCutOff(one.terminal.machine, byOspf)
    await until('the route is gone', async () => !(await routes(site())).includes('192.168.77.'))
    expect(await answered(one.terminal.machine, byBgp, 3)).toBe(3)
    await sh(router, 'ip link set ospf up')
    await untilReached(one.terminal.machine, byOspf)
  })

  test('back to static routing, what was learnt is withdrawn and the block of the branch is reached', async () => {
    const { world, one, two } = site()
    await world.modify(two, { RoutingStrategy: 'static' })
    for (const address of [byOspf, byBgp]) await untilCutOff(one.terminal.machine, address)
    await until('the routes are gone', async () => !/192\.168\.7[78]\./.test(await routes(site())))
    await untilReached(one.terminal.machine, await addressIn(two, '172.16.20.'))
  })
}

async function routes({ pop, one, two }: Site): Promise<string> {
  return (await Promise.all([pop.machine, one.gateway, two.gateway].map(routesOf))).join('\n')
}

async function addRouter({ world, two }: Site): Promise<Machine> {
  const router = await world.bench.machine()
  await world.bench.plug(router, 'lan', two.lan)
  writeFileSync(
    router.path('/run/bird.conf'),
    `router id 172.16.20.254;
protocol device { }
protocol direct { ipv4; interface "ospf", "bgp", "stolen"; }
protocol kernel { ipv4 { import none; export where source ~ [ RTS_OSPF, RTS_OSPF_EXT1, RTS_OSPF_EXT2, RTS_BGP ]; }; }
protocol ospf v2 {
  ipv4 { import all; export where source = RTS_DEVICE && (ifname = "ospf" || ifname = "stolen"); };
  area 0 { interface "lan" { hello 3; dead 10; }; };
}
protocol bgp {
  local as 64512;
  neighbor 172.16.20.1 external;
  connect delay time 1;
  connect retry time 1;
  error wait time 1, 2;
  hold time 9;
  ipv4 { import all; export where source = RTS_DEVICE && ifname = "bgp"; next hop self; };
}
`,
  )
  const networks = [`ospf ${byOspf}`, `bgp ${byBgp}`, `stolen ${stolen}`].map((each) => {
    const [name, address] = each.split(' ')
    const state = name === 'stolen' ? 'down' : 'up'
    return `ip link add ${name} type bridge; ip addr add ${address}/24 dev ${name}; ip link set ${name} ${state}`
  })
  await sh(
    router,
    `sysctl -qw net.ipv4.ip_forward=1
     ip addr add 172.16.20.254/24 dev lan; ip route add default via 172.16.20.1
     ${networks.join('\n')}
     bird -c /run/bird.conf -s /run/bird.ctl -P /run/bird.pid`,
  )
  return router
}
