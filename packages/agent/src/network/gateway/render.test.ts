import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, type WireConfig } from '@opensag/protocol'
import { describe, expect, test } from 'vitest'
import { birdKey } from '../../box/routing-key.ts'
import { renderLock, renderOpen, renderShut } from './kernel-lock.ts'
import { wantedState } from './kernel-state.ts'
import { type GatewayPlan, planGateway } from './plan.ts'
import { renderBird } from './render-bird.ts'
import { renderDnsmasq } from './render-dnsmasq.ts'
import { addressesIn, renderKeepalived } from './render-keepalived.ts'
import { renderNftables } from './render-nftables.ts'
import { configOf, whatNetworksNeed } from './testing/world.suite.ts'

const setup = { lan: 'eth1', wan: 'eth0' }
const facts = { wanMtu: 1500, wanAddresses: [], hasTags: true, consolePort: 80, learntDns: ['203.0.113.53'] }

function planOf(config: Partial<WireConfig> | undefined): GatewayPlan {
  return planGateway({ ...setup, spare: ['eth2'] }, config && configOf(config), facts)
}

const between = { fromPorts: { from: 1024, to: 65_535 }, toPorts: { from: 80, to: 80 } }
const during = { since: 1_650_000_000, until: 1_700_000_000 }

const plans = {
  nothing: planOf(undefined),
  'no network': planOf({ network: undefined }),
  static: planOf({ cidrs: ['172.16.1.0/24', '172.16.9.0/24'] }),
  dynamic: planOf({ cidrs: ['172.16.1.0/24', '172.16.9.0/24'], routingStrategy: 'dynamic' }),
  everything: planOf({
    cidrs: ['172.16.1.0/24', '192.168.4.0/30'],
    snat: [
      { cidr: '172.16.1.0/24', ip: '10.99.0.1' },
      { cidr: '192.168.4.2/32', ip: '10.99.0.2' },
    ],
    remoteAccessIp: '10.98.0.1',
  }),
  'entries of dnat': planOf({
    snat: [{ cidr: '172.16.1.0/24', ip: '10.99.0.1' }],
    dnat: [
      { ip: '10.99.0.2', protocol: 'any', to: '172.16.1.9' },
      { ip: '10.99.0.2', protocol: 'tcp', ports: { from: 443, to: 8443 }, to: '172.16.1.8' },
      { protocol: 'udp', to: '172.16.1.9' },
      { protocol: 'any', to: '172.16.1.9' },
      { protocol: 'tcp', ports: { from: 80, to: 80 }, to: '172.16.1.8' },
    ],
  }),
  'dnat within its network': planOf({
    dnat: [{ ip: '10.99.0.2', protocol: 'udp', ports: { from: 53, to: 53 }, to: '172.16.1.9' }],
  }),
  'a pair': planOf({
    cidrs: ['172.16.1.0/24', '192.168.4.0/30'],
    snat: [{ cidr: '192.168.4.0/30', ip: '10.99.0.2' }],
    remoteAccessIp: '10.98.0.1',
    pair: { router: 37, role: 'main' },
  }),
  'a divided link': planOf({
    qos: {
      classes: [
        { priority: 1, unit: 'mbit', min: 2, max: 6 },
        { priority: 3, unit: 'percent', min: 20, max: 90 },
      ],
      rules: [
        { priority: 1, protocol: 'tcp', from: '172.16.1.0/24', to: '10.0.0.0/8', ...between, ...during },
        { priority: 2, protocol: 'icmp', from: '0.0.0.0/0', to: '0.0.0.0/0' },
        { priority: 3, protocol: 'gre', from: '0.0.0.0/0', to: '10.0.0.0/8' },
        { priority: 3, protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0' },
      ],
    },
  }),
  'an access control list': planOf({
    acl: [
      {
        policy: 'accept',
        direction: 'out',
        side: 'network',
        protocol: 'tcp',
        from: '172.16.1.0/24',
        to: '10.0.0.0/8',
        ...between,
      },
      { policy: 'drop', direction: 'out', side: 'internet', protocol: 'icmp', from: '0.0.0.0/0', to: '0.0.0.0/0' },
      { policy: 'drop', direction: 'in', side: 'network', protocol: 'gre', from: '10.0.0.0/8', to: '0.0.0.0/0' },
      { policy: 'drop', direction: 'in', side: 'internet', protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0' },
    ],
  }),
  'OSPF of its own': planOf({
    routingStrategy: 'dynamic',
    box: {
      globalProtocol: 'OSPF',
      portProtocols: [
        { port: 'eth1', vlan: 0, protocol: 'OSPF' },
        { port: 'eth0', vlan: 0, protocol: 'OSPF' },
      ],
      ospf: { routerId: '10.0.0.1', area: 86, hello: 10, dead: 40, authentication: 'MD5', md5KeyId: 7 },
    },
  }),
  'OSPF with a password and nothing else': planOf({
    network: undefined,
    box: {
      globalProtocol: 'OSPF',
      portProtocols: [{ port: 'eth1', vlan: 0, protocol: 'OSPF' }],
      ospf: { routerId: '10.0.0.1', area: 86, hello: 10, dead: 40, authentication: 'CLEARTEXT' },
    },
  }),
  'BGP of its own': planOf({
    box: {
      globalProtocol: 'BGP',
      portProtocols: [{ port: 'eth1', vlan: 0, protocol: 'BGP', remote: { ip: '172.16.1.250', as: 65_010 } }],
      bgp: { routerId: '10.0.0.1', as: 4_294_967_295, keepAlive: 0, hold: 9 },
    },
  }),
  'routers of its branch': planOf({
    cidrs: ['172.16.1.0/24', '10.60.0.0/24'],
    box: {
      snat: true,
      staticRoutes: [
        { port: 'eth1', vlan: 0, to: '10.50.0.0/24', via: '172.16.1.250' },
        { port: 'eth1', vlan: 0, to: '10.60.0.0/24', via: '172.16.1.250' },
        { port: 'eth0', vlan: 0, to: '10.70.0.0/24', via: '192.0.2.1' },
        { port: 'eth1', vlan: 7, to: '10.80.0.0/24', via: '172.16.1.250' },
      ],
    },
  }),
  'routers by leased lines': planOf({
    box: {
      globalProtocol: 'OSPF',
      roles: [{ port: 'eth2', role: 'ECC' }],
      ecc: [{ port: 'eth2', vlan: 10, ip: '10.8.0.1', length: 30 }],
      portProtocols: [
        { port: 'eth2', vlan: 10, protocol: 'BGP', remote: { ip: '10.8.0.2', as: 65_010 } },
        { port: 'eth2', vlan: 11, protocol: 'BGP', remote: { ip: '10.9.0.2', as: 65_011 } },
      ],
      staticRoutes: [
        { port: 'eth2', vlan: 10, to: '10.50.0.0/24', via: '10.8.0.2' },
        { port: 'eth2', vlan: 11, to: '10.51.0.0/24', via: '10.9.0.2' },
      ],
    },
  }),
  'routers and no network': planOf({
    network: undefined,
    routingStrategy: 'dynamic',
    box: { staticRoutes: [{ port: 'eth1', vlan: 0, to: '10.50.0.0/24', via: '172.16.1.250' }] },
  }),
  'routes that are kept': planOf({
    routingStrategy: 'dynamic',
    routeRules: [
      { from: 'local', source: 'STATIC', to: '172.16.1.0/24', isDistributed: false },
      { from: 'local', source: 'OSPF', to: '10.50.0.0/24', isDistributed: false },
      { from: 'local', source: 'BGP', to: '10.51.0.0/24', isDistributed: false },
      { from: 'local', source: 'BGP', to: '10.52.0.0/24', isDistributed: true },
      { from: 'cloud', source: 'BGP', to: '10.10.0.0/24', isDistributed: false },
      { from: 'cloud', source: 'STATIC', to: '10.11.0.0/24', isDistributed: false },
    ],
  }),
  'a dynamic pair': planOf({ routingStrategy: 'dynamic', pair: { router: 37, role: 'backup' } }),
} as const

const lack = await whatNetworksNeed()

describe.each(Object.entries(plans))('a gateway with %s', (name, plan) => {
  test('its table of nftables', async () => {
    await expect(renderNftables(plan)).toMatchFileSnapshot(`testing/golden/${fileName(name)}.nft`)
  })

  test('its BIRD', async () => {
    const text = renderBird(plan, '/run/opensag/gateway/bird-messages.log', birdKey(Secret.of('Branch-"key"')))
    if (text === undefined) return
    await expect(text).toMatchFileSnapshot(`testing/golden/${fileName(name)}.bird.conf`)
  })

  test.skipIf(lack !== undefined)(`nft takes the table${lack ? ` (${lack})` : ''}`, () => {
    // In a network of its own: also checking wants the right to change something.
    const { status, stderr } = spawnSync('unshare', ['--net', 'nft', '-f', '-'], { input: renderNftables(plan) })
    expect([status, String(stderr)]).toEqual([0, ''])
  })

  test.skipIf(lack !== undefined)(`BIRD takes its configuration${lack ? ` (${lack})` : ''}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'bird-'))
    try {
      const text = renderBird(plan, join(folder, 'log'), birdKey(Secret.of('Branch-"key"')))
      if (text === undefined) return
      writeFileSync(join(folder, 'conf'), text)
      execFileSync('bird', ['-p', '-c', join(folder, 'conf')])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function fileName(name: string): string {
  return name.replaceAll(' ', '-')
}

describe('addresses for terminals', () => {
  test('come from the first block, behind the first address, which is the gateway', () => {
    expect(renderDnsmasq(plans.static, '/run/leases')).toMatchInlineSnapshot(`
      "# Written by opensag agent. Changes are lost.
      port=0
      no-hosts
      no-resolv
      interface=eth1
      except-interface=lo
      bind-dynamic
      dhcp-authoritative
      no-ping
      quiet-dhcp
      dhcp-range=172.16.1.2,172.16.1.254,255.255.255.0,120
      dhcp-option=option:router,172.16.1.1
      dhcp-leasefile=/run/leases
      "
    `)
  })

  test.each([
    ['10.0.0.0/8', '10.0.0.2,10.255.255.254,255.0.0.0', '10.0.0.1'],
    ['192.168.4.0/30', '192.168.4.2,192.168.4.2,255.255.255.252', '192.168.4.1'],
    ['192.168.4.6/31', '192.168.4.7,192.168.4.7,255.255.255.254', '192.168.4.6'],
    ['192.168.4.128/25', '192.168.4.130,192.168.4.254,255.255.255.128', '192.168.4.129'],
  ])('of %s are %s', (cidr, range, router) => {
    const text = renderDnsmasq(planOf({ cidrs: [cidr] }), '/run/leases')
    expect(text).toContain(`dhcp-range=${range},`)
    expect(text).toContain(`dhcp-option=option:router,${router}\n`)
  })

  test.each([
    ['172.16.1.200', ['172.16.1.2,172.16.1.199', '172.16.1.201,172.16.1.254']],
    ['172.16.1.2', ['172.16.1.3,172.16.1.254']],
    ['172.16.1.254', ['172.16.1.2,172.16.1.253']],
    ['10.98.0.1', ['172.16.1.2,172.16.1.254']],
  ])('are without that of the local console, %s', (remoteAccessIp, ranges) => {
    const text = renderDnsmasq(planOf({ cidrs: ['172.16.1.0/24'], remoteAccessIp }), '/run/leases')
    const given = [...(text ?? '').matchAll(/^dhcp-range=(.*),255\.255\.255\.0,120$/gm)].map(([, range]) => range)
    expect(given).toEqual(ranges)
  })

  test('are none when the only one is that of the local console', () => {
    const config = { cidrs: ['192.168.4.0/30'], remoteAccessIp: '192.168.4.2' }
    expect(renderDnsmasq(planOf(config), '/run/leases')).toBeUndefined()
  })

  test.each([[[]], [['192.168.4.9/32']]])('are none of %j', (cidrs) => {
    expect(renderDnsmasq(planOf({ cidrs }), '/run/leases')).toBeUndefined()
  })
})

describe('a plan', () => {
  test('links are never larger than what the interface to the Internet takes', () => {
    const mtus = (wanMtu: number): readonly number[] =>
      planGateway(setup, configOf(), { ...facts, wanMtu }).links.map(({ mtu }) => mtu)
    expect(mtus(1500)).toEqual([1350, 1350])
    expect(mtus(1400)).toEqual([1286, 1286])
  })

  test('beyond the first, blocks of dynamic routing are neither announced nor on the wire', () => {
    expect(plans.dynamic.announced).toEqual(['172.16.1.0/24'])
    expect(plans.dynamic.blocks.map(({ cidr }) => cidr)).toEqual(['172.16.1.0/24'])
    expect(plans.static.announced).toEqual(['172.16.1.0/24', '172.16.9.0/24'])
  })

  test('a block that is hidden whole is not announced, one that is hidden in part is, and so are the addresses that hide them', () => {
    expect(plans.everything.announced).toEqual(['192.168.4.0/30', '10.99.0.1/32', '10.99.0.2/32', '10.98.0.1/32'])
  })

  test('without a local console nothing is reached at the address for it', () => {
    const config = configOf({ remoteAccessIp: '10.98.0.1' })
    expect(planGateway(setup, config, { ...facts, consolePort: undefined }).consoleAt).toBeUndefined()
  })
})

describe('two gateways of a branch', () => {
  const pairOf = (config: Partial<WireConfig>) => planOf({ pair: { router: 37, role: 'main' }, ...config }).pair
  const text = (config: Partial<WireConfig>, lan = 'eth1') => {
    const pair = pairOf(config)
    return pair === undefined ? '' : renderKeepalived(lan, pair, '/run/opensag/gateway/ha.weight')
  }

  test('their keepalived', () => {
    expect(text({ cidrs: ['172.16.1.0/24', '192.168.4.0/30'] })).toMatchInlineSnapshot(`
      "# Written by opensag agent. Changes are lost.
      global_defs {
        router_id opensag
        vrrp_garp_master_delay 1
        vrrp_garp_master_repeat 2
        script_user root
        enable_script_security
      }
      # The kernel itself is asked: it closes the lock also when the agent is dead.
      vrrp_script open {
        script "nft get element inet opensag_lock alive { \\"eth1\\" }"
        interval 1
        weight -80
      }
      track_file worth {
        file "/run/opensag/gateway/ha.weight"
        weight 1
      }
      vrrp_instance branch {
        interface eth1
        state BACKUP
        version 3
        virtual_router_id 37
        priority 150
        advert_int 0.1
        virtual_ipaddress {
          169.254.255.45/30 dev eth1 noprefixroute
        }
        virtual_ipaddress_excluded {
          172.16.1.1/24 dev eth1 noprefixroute
          192.168.4.1/30 dev eth1 noprefixroute
        }
        track_file {
          worth
        }
        track_script {
          open
        }
      }
      "
    `)
  })

  test('differ in their own address and their priority only', () => {
    const backup = { pair: { router: 37, role: 'backup' } } as const
    expect(text(backup)).toBe(text({}).replace('priority 150', 'priority 100'))
    expect([pairOf({})?.own, pairOf(backup)?.own]).toEqual(['169.254.255.41/30', '169.254.255.42/30'])
    expect(pairOf(backup)?.mark).toBe(pairOf({})?.mark)
  })

  test('what keepalived has put is read from its configuration, also without a block', () => {
    expect(addressesIn(text({ cidrs: ['172.16.1.0/24', '192.168.4.0/30'] }, 'br0.7'))).toEqual([
      { dev: 'br0.7', address: '169.254.255.45/30' },
      { dev: 'br0.7', address: '172.16.1.1/24' },
      { dev: 'br0.7', address: '192.168.4.1/30' },
    ])
    expect(addressesIn(text({ cidrs: [] }))).toEqual([{ dev: 'eth1', address: '169.254.255.45/30' }])
    expect(addressesIn('')).toEqual([])
  })

  test('none of their addresses is a block, whatever the virtual router, and those of different routers are apart', () => {
    const all = Array.from({ length: 32 }, (_, index) => pairOf({ pair: { router: index + 1, role: 'main' } }))
    const addresses = all.flatMap((pair) => [pair?.own, pair?.mark, `${pair?.besideMark}/30`])
    expect(new Set(addresses).size).toBe(3 * 32)
    for (const address of addresses) expect(address).toMatch(/^169\.254\.255\.\d+\/30$/)
  })

  test('try whether an address is in use before they give it', () => {
    const given = (config: Partial<WireConfig>) => renderDnsmasq(planOf(config), '/run/leases') ?? ''
    expect(given({ pair: { router: 1, role: 'backup' } })).toBe(given({}).replace('no-ping\n', ''))
  })

  test('the machine has its own address in the branch, and keepalived brings the others', () => {
    const { addresses, routes } = wantedState(plans['a pair'])
    expect(addresses.filter(({ dev }) => dev === 'eth1')).toEqual([{ dev: 'eth1', address: '169.254.255.41/30' }])
    for (const table of ['7240', 'main']) expect(routes).toContain(`172.16.1.0/24 dev eth1 table ${table}`)
  })
})

test('the lock: made again it keeps who is in it; opening and shutting are one transaction each', () => {
  expect(
    [renderLock(setup), renderOpen(setup, 9_000.5), renderOpen(setup, undefined), renderShut(setup)].join('\n'),
  ).toMatchInlineSnapshot(`
    "table inet opensag_lock {
      set alive { type ifname; flags timeout; }
      # What was opened, and not shut since: where it is not alive any more, its time has run out.
      set opened { type ifname; }
      # Where the gateway answers the branch that asks for names.
      set asked { type ipv4_addr; }
      chain forward { type filter hook forward priority -150; policy accept; }
      chain input { type filter hook input priority -150; policy accept; }
    }
    flush chain inet opensag_lock forward
    flush chain inet opensag_lock input
    table inet opensag_lock {
      chain forward {
        iifname "eth1" iifname != @alive counter drop
        oifname "eth1" oifname != @alive counter drop
      }
      chain input {
        ip daddr @asked meta l4proto { tcp, udp } th dport 53 iifname "eth1" iifname != @alive counter drop
      }
    }

    add element inet opensag_lock alive { "eth1" }
    delete element inet opensag_lock alive { "eth1" }
    add element inet opensag_lock opened { "eth1" }
    delete element inet opensag_lock opened { "eth1" }
    add element inet opensag_lock alive { "eth1" timeout 9001ms }
    add element inet opensag_lock opened { "eth1" }

    add element inet opensag_lock alive { "eth1" }
    delete element inet opensag_lock alive { "eth1" }
    add element inet opensag_lock opened { "eth1" }
    delete element inet opensag_lock opened { "eth1" }
    add element inet opensag_lock alive { "eth1" }
    add element inet opensag_lock opened { "eth1" }

    add element inet opensag_lock alive { "eth1" }
    delete element inet opensag_lock alive { "eth1" }
    add element inet opensag_lock opened { "eth1" }
    delete element inet opensag_lock opened { "eth1" }
    "
  `)
})
