import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderedGateway } from './rendered.ts'
import { configOf } from './testing/world.suite.ts'

const golden = (name: string): string => readFileSync(new URL(`testing/golden/${name}`, import.meta.url), 'utf8')
const names = (config: Parameters<typeof renderedGateway>[1]): readonly string[] =>
  renderedGateway('SAG1', config).map(({ name }) => name)
const textOf = (name: string, config: Parameters<typeof renderedGateway>[1]): string | undefined =>
  renderedGateway('SAG1', config).find((one) => one.name === name)?.text

const blocks = ['172.16.1.0/24', '172.16.9.0/24']

test('nftables and BIRD get what a gateway on a machine hands to them', () => {
  const config = configOf({ cidrs: blocks })
  expect(textOf('nftables', config)).toBe(golden('static.nft'))
  expect(textOf('bird', config)).toBe(golden('static.bird.conf'))
})

test('links, addresses, bandwidth, leases and tunnels follow from the configuration', () => {
  const config = configOf({ cidrs: blocks })
  const [pop] = config.network?.pops ?? []
  expect(textOf('ip', config)).toContain(`link add ccn0 mtu 1350 type vxlan id ${pop?.vni}`)
  expect(textOf('ip', config)).toContain('address add 172.16.1.1/24 dev eth1')
  expect(textOf('tc', config)).toContain(`ceil ${config.network?.bandwidth}000kbit`)
  expect(textOf('dnsmasq', config)).toContain('172.16.1.2,172.16.1.254')
  expect(JSON.parse(textOf('tunnels', config) ?? '')).toMatchObject({
    identity: 'sag1.c7.sag',
    address: config.network?.address,
    tunnels: config.network?.pops.map(({ endpoint, address }) => ({ endpoint, address })),
  })
})

test('one of a pair has keepalived besides', () => {
  const config = configOf({ cidrs: blocks, pair: { router: 37, role: 'main' } })
  expect(names(config).at(-1)).toBe('keepalived')
  expect(textOf('keepalived', config)).toContain('172.16.1.1/24 dev eth1')
  expect(textOf('ip', config)).not.toContain('address add 172.16.1.1/24')
})

test('without a network there are no tunnels, no routing and no bandwidth; without a configuration no leases either', () => {
  expect(names(configOf({ cidrs: blocks, network: undefined }))).toEqual(['nftables', 'ip', 'dnsmasq'])
  expect(names(undefined)).toEqual(['nftables', 'ip'])
  expect(textOf('nftables', undefined)).toBe(golden('nothing.nft'))
})
