import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference, type KernelState, nothing, wantedState } from './kernel-state.ts'
import { planGateway } from './plan.ts'
import { configOf, network } from './testing/world.suite.ts'

const setup = { lan: 'eth1', wan: 'eth0', spare: ['eth2'] }

function stateOf(...args: Parameters<typeof configOf>): KernelState {
  const facts = { wanMtu: 1500, wanAddresses: [], hasTags: true, consolePort: undefined, learntDns: [] }
  return wantedState(planGateway(setup, configOf(...args), facts))
}

test('from nothing: links before what is on them, and the table of the branch before the rules that lead to it', () => {
  const one = { ...network, pops: network.pops.slice(0, 1) }
  expect(difference(nothing, stateOf({ network: one }))).toMatchInlineSnapshot(`
    [
      "link add ccn0 mtu 1350 type vxlan id 2 local 198.18.0.1 remote 198.18.128.2 dstport 4789 nolearning",
      "link set ccn0 alias opensag",
      "address add 198.18.0.1/32 dev lo metric 7240",
      "address add 172.16.1.1/24 dev eth1 metric 7240",
      "address add 198.19.0.5/31 dev ccn0 metric 7240",
      "link set ccn0 up",
      "route add 172.16.1.0/24 dev eth1 table 7240 proto 213",
      "route add unreachable default table 7240 proto 213 metric 4278198272",
      "rule add iif eth1 lookup 7240 pref 7240 protocol 213",
      "rule add iif ccn0 lookup 7240 pref 7240 protocol 213",
      "rule add from 172.16.1.0/24 lookup 7240 pref 7240 protocol 213",
    ]
  `)
})

test('where routes are learnt what belongs to others is looked up first, but for its own blocks', () => {
  const cidrs = ['172.16.1.0/24', '172.16.2.0/24']
  const { rules, routes } = stateOf({ routingStrategy: 'dynamic', cidrs })
  expect(rules.filter((rule) => rule.endsWith(' 7239')).map((rule) => rule.replace(/7239$/, '7240'))).toEqual(
    rules.filter((rule) => rule.endsWith(' 7240')),
  )
  expect(routes.filter((route) => route.endsWith(' 7239'))).toEqual(cidrs.map((cidr) => `throw ${cidr} table 7239`))
  expect(JSON.stringify(stateOf({ cidrs }))).not.toContain('7239')
})

test('a change of the block takes nothing away but what was of the old one', () => {
  expect(difference(stateOf(), stateOf({ cidrs: ['172.16.2.0/24'] }))).toMatchInlineSnapshot(`
    [
      "address add 172.16.2.1/24 dev eth1 metric 7240",
      "link set ccn0 up",
      "link set ccn1 up",
      "route add 172.16.2.0/24 dev eth1 table 7240 proto 213",
      "rule add from 172.16.2.0/24 lookup 7240 pref 7240 protocol 213",
      "rule del from 172.16.1.0/24 lookup 7240 pref 7240 protocol 213",
      "route del 172.16.1.0/24 dev eth1 table 7240 proto 213",
      "address del 172.16.1.1/24 dev eth1",
    ]
  `)
})

test('a link with another VNI is another link: the old one goes first, and takes its address along', () => {
  const [first, ...others] = network.pops
  const changed = { ...network, pops: [{ ...first, vni: 99 } as (typeof network.pops)[number], ...others] }
  const lines = difference(stateOf(), stateOf({ network: changed }))
  expect(lines[0]).toBe('link del ccn0')
  expect(lines).toContain('address add 198.19.0.5/31 dev ccn0 metric 7240')
  expect(lines.filter((line) => line.includes('ccn1'))).toEqual(['link set ccn1 up'])
})

const block = fc.integer({ min: 0, max: 20 }).map((third) => `172.16.${third}.0/24`)
const state = fc
  .record({
    cidrs: fc.uniqueArray(block, { maxLength: 4 }),
    routingStrategy: fc.constantFrom('static', 'dynamic'),
    pops: fc.constantFrom(0, 1, 2),
    mtu: fc.constantFrom(1400, 1500),
    tags: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    host: fc.integer({ min: 1, max: 3 }),
    gateway: fc.constantFrom(undefined, '192.0.2.1', '192.0.2.9'),
    pair: fc.constantFrom(undefined, { router: 1, role: 'main' } as const, { router: 1, role: 'backup' } as const),
  })
  .map(({ cidrs, routingStrategy, pops, mtu, pair, tags, host, gateway }) => {
    const own = pops === 0 ? undefined : { ...network, pops: network.pops.slice(0, pops) }
    const ecc = tags.map((vlan) => ({ port: 'eth2', vlan, ip: `192.168.${vlan}.${host}`, length: 29 }))
    const line = { port: 'eth0', type: 'STATIC', ip: `192.0.2.${host + 1}`, length: 24, gateway } as const
    const box = {
      ...{ roles: [{ port: 'eth2', role: 'ECC' as const }], ecc },
      wan: [{ ...line, priority: 1, weight: 100, isp: 'Other' as const }],
    }
    return wantedState(
      planGateway(setup, configOf({ cidrs, routingStrategy, network: own, pair, box }), {
        wanMtu: mtu,
        wanAddresses: [],
        hasTags: true,
        consolePort: undefined,
        learntDns: [],
      }),
    )
  })

test('whatever it comes from, the lines lead to what is wanted, and then there is nothing left to do', () => {
  fc.assert(
    fc.property(state, state, (from, to) => {
      expect(sorted(carriedOut(from, difference(from, to)))).toEqual(sorted(to))
      expect(difference(to, to).filter((line) => !/^link set (ccn|ecc)\d up$/.test(line))).toEqual([])
    }),
  )
})

/** What `ip` does with lines of that kind. @throws at a line that `ip` would refuse */
function carriedOut(from: KernelState, lines: readonly string[]): KernelState {
  let { links, vlans, addresses, rules, routes } = from
  function added(all: readonly string[], one: string): readonly string[] {
    if (all.includes(one)) throw new Error(`${one} is there`)
    return [...all, one]
  }
  function removed(all: readonly string[], one: string): readonly string[] {
    if (!all.includes(one)) throw new Error(`${one} is not there`)
    return all.filter((other) => other !== one)
  }
  for (const line of lines) {
    const [object = '', verb = '', name = ''] = line.split(' ')
    const text = line.slice(object.length + verb.length + 2)
    if (object === 'link' && verb === 'add' && name === 'link') {
      const [, port = '', made = '', vlan] = /link (\S+) name (\S+) type vlan id (\d+)/.exec(text) ?? []
      if (vlans.some((one) => one.name === made)) throw new Error(`${made} is there`)
      vlans = [...vlans, { name: made, port, vlan: Number(vlan) }]
    } else if (object === 'link' && verb === 'add') {
      const [, mtu, vni, local = '', remote = ''] =
        / mtu (\d+) type vxlan id (\d+) local (\S+) remote (\S+)/.exec(line) ?? []
      if (links.some((one) => one.name === name)) throw new Error(`${name} is there`)
      links = [...links, { name, mtu: Number(mtu), vni: Number(vni), local, remote }]
    } else if (object === 'link' && verb === 'del') {
      links = links.filter((one) => one.name !== name)
      vlans = vlans.filter((one) => one.name !== name)
      routes = routes.filter((one) => !` ${one} `.includes(` dev ${name} `))
      addresses = addresses.filter(({ dev }) => dev !== name)
    } else if (object === 'link') {
      const [, mtu] = / mtu (\d+)$/.exec(line) ?? []
      if (![...links, ...vlans].some((one) => one.name === name)) throw new Error(`${name} is not there`)
      links = links.map((one) => (one.name === name && mtu !== undefined ? { ...one, mtu: Number(mtu) } : one))
    } else if (object === 'address') {
      const [, dev = ''] = / dev (\S+)/.exec(line) ?? []
      const all = addresses.map((one) => `${one.dev} ${one.address}`)
      const next = verb === 'add' ? added(all, `${dev} ${name}`) : removed(all, `${dev} ${name}`)
      addresses = next.map((one) => ({ dev: one.split(' ')[0] ?? '', address: one.split(' ')[1] ?? '' }))
    } else if (object === 'rule') {
      const rule = text.replace(/ pref .*/, '')
      rules = verb === 'add' ? added(rules, rule) : removed(rules, rule)
    } else {
      const route = text.replace(/ proto .*/, '')
      const [place] = route.split(' ')
      if (verb === 'replace') routes = [...routes.filter((one) => !one.startsWith(`${place} `)), route]
      else routes = verb === 'add' ? added(routes, route) : removed(routes, route)
    }
  }
  return { links, vlans, addresses, rules, routes }
}

function sorted({ links, vlans, addresses, rules, routes }: KernelState): unknown {
  const texts = (all: readonly object[]): readonly string[] =>
    all.map((one) => JSON.stringify(Object.entries(one).sort())).sort()
  const own = links.map(({ name, vni, local, remote, mtu }) => ({ name, vni, local, remote, mtu }))
  return {
    links: texts(own),
    vlans: texts(vlans),
    addresses: texts(addresses),
    rules: [...rules].sort(),
    routes: [...routes].sort(),
  }
}
