import { enclosing, ipv4ToNumber } from '@opensag/rules'
import {
  addressMetric,
  branchTable,
  lastMetric,
  linkAlias,
  ownedTable,
  publishedInPreference,
  publishedMark,
  publishedOutPreference,
  routeProtocol,
} from '../marks.ts'
import { vxlan } from '../names.ts'
import type { Leased } from './leased-plan.ts'
import type { GatewayPlan, Link } from './plan.ts'
import { isPublished } from './render-dnat.ts'
import { halves, wanRoutes } from './wan-plan.ts'

/** What a gateway has made of links, addresses, rules and routes; or is to make. */
export interface KernelState {
  readonly links: readonly KernelLink[]
  /** Interfaces for packets with a tag. */
  readonly vlans: readonly KernelVlan[]
  readonly addresses: readonly KernelAddress[]
  /** As `ip rule` takes them: `iif eth1 lookup 7240`, `from 172.16.1.0/24 lookup 7240`, `fwmark 0x1c49 lookup main`. */
  readonly rules: readonly string[]
  /** As `ip route` takes them: `172.16.1.0/24 dev eth1 table 7240`, `unreachable default table 7240`. */
  readonly routes: readonly string[]
}

export type KernelLink = Pick<Link, 'name' | 'vni' | 'local' | 'remote' | 'mtu'>

export type KernelVlan = Pick<Leased, 'name' | 'port' | 'vlan'>

export interface KernelAddress {
  readonly dev: string
  /** With its length. */
  readonly address: string
}

/** What follows from a plan. */
export function wantedState(plan: GatewayPlan): KernelState {
  const { lan, wan, network, links, blocks, cidrs, pair, consoleAt, probeAddresses, routing, breaksOut, line, leased } =
    plan
  const leaves = breaksOut || plan.staticRoutes.some(({ port }) => port === wan)
  const reached = [...(consoleAt === undefined ? [] : [consoleAt.ip]), ...probeAddresses]
  const own = [...(network === undefined ? [] : [network.address]), ...reached]
  const cameFrom = [lan, ...[...links, ...leased].map(({ name }) => name)].map((name) => `iif ${name}`)
  // What the gateway itself answers as, to those it reaches by the routes of the branch only.
  const answersAs = [...blocks.map(({ cidr }) => cidr), ...reached]
  const fromThem = answersAs.map((one) => `from ${one}`)
  const tables = routing.learns ? [ownedTable, branchTable] : [branchTable]
  const toLines = leased.map(({ name, subnet }) => `${destination(subnet)} dev ${name}`)
  const toBlocks = blocks.map(({ cidr }) => `${destination(cidr)} dev ${lan}`)
  return {
    links,
    vlans: leased.filter(({ vlan }) => vlan !== 0).map(({ name, port, vlan }) => ({ name, port, vlan })),
    addresses: [
      ...own.map((ip) => ({ dev: 'lo', address: `${ip}/32` })),
      // Of two gateways one has those of the blocks, and keepalived puts them there.
      ...(pair === undefined
        ? blocks.map(({ address, length }) => ({ dev: lan, address: `${address}/${length}` }))
        : [{ dev: lan, address: pair.own }]),
      ...links.map(({ name, address }) => ({ dev: name, address: `${address}/31` })),
      ...leased.map(({ name, address }) => ({ dev: name, address })),
      ...(line.address === undefined || line.isThere
        ? []
        : [{ dev: wan, address: `${line.address.ip}/${line.address.length}` }]),
    ],
    rules: [
      ...(isPublished(plan) ? publishedRules(wan) : []),
      ...tables.flatMap((table) => [...cameFrom, ...fromThem].map((rule) => `${rule} lookup ${table}`)),
      // Answers from the Internet find the branch as the network does, also behind its routers.
      ...(leaves ? [`iif ${wan} lookup ${branchTable}`] : []),
    ],
    routes: [
      ...[...toBlocks, ...toLines].map((route) => `${route} table ${branchTable}`),
      // Behind every other route: the branch does not fall through to those of the machine, unless it has the Internet there.
      `${breaksOut ? 'throw' : 'unreachable'} default table ${branchTable}`,
      // Where its own blocks lie the branch says, also within a larger range that is another's.
      ...(routing.learns ? cidrs.map((cidr) => `throw ${destination(cidr)} table ${ownedTable}`) : []),
      // How its own packets find the branch, as its DHCP server's do that tries an address. An address of the gateway brings
      // its route along; of a pair only one has it, and these are there at both.
      ...(pair === undefined ? [] : toBlocks.map((route) => `${route} table main`)),
      ...wanRoutes(wan, line).map((route) => `${route} table main`),
    ],
  }
}

/**
 * What comes in from the Internet finds the branch as the network does, also behind its routers; the answers leave as the
 * gateway's own packets do.
 */
function publishedRules(wan: string): readonly string[] {
  const mark = `fwmark 0x${publishedMark.toString(16)}`
  return [`iif ${wan} ${mark} lookup ${branchTable}`, `${mark} lookup main`]
}

export const nothing: KernelState = { links: [], vlans: [], addresses: [], rules: [], routes: [] }

/** Lines of `ip -batch` that make one state of another: what is new first, so that an address is never missed in between. */
export function difference(from: KernelState, to: KernelState): readonly string[] {
  const keptLinks = from.links.filter((one) => to.links.some((other) => isSameLink(one, other)))
  const keptVlans = from.vlans.filter((one) => to.vlans.some((other) => isSameVlan(one, other)))
  const gone = [
    ...from.links.filter((one) => !keptLinks.includes(one)),
    ...from.vlans.filter((one) => !keptVlans.includes(one)),
  ]
  const tagged = to.vlans.filter((one) => !keptVlans.some(({ name }) => name === one.name))
  const fresh = to.links.filter((one) => !keptLinks.some(({ name }) => name === one.name))
  const resized = to.links.filter((one) => keptLinks.some(({ name, mtu }) => name === one.name && mtu !== one.mtu))
  // Addresses and routes of a link go with it.
  const before = from.addresses.filter(({ dev }) => !gone.some(({ name }) => name === dev))
  const routes = from.routes.filter((route) => !gone.some(({ name }) => ` ${route} `.includes(` dev ${name} `)))
  const has = (all: readonly KernelAddress[], { dev, address }: KernelAddress): boolean =>
    all.some((one) => one.dev === dev && one.address === address)
  const added = to.addresses.filter((one) => !has(before, one))
  const removed = before.filter((one) => !has(to.addresses, one))
  const replacedBy = (one: KernelAddress): readonly KernelAddress[] => removed.filter((other) => isBeside(one, other))
  return [
    ...gone.map(({ name }) => `link del ${name}`),
    ...fresh.flatMap(addLink),
    ...tagged.flatMap(addVlan),
    ...resized.map(({ name, mtu }) => `link set ${name} mtu ${mtu}`),
    ...added.flatMap((one) => addAddress(one, replacedBy(one))),
    ...[...to.links, ...to.vlans].map(({ name }) => `link set ${name} up`),
    ...without(to.routes, routes).map(
      (route) => `route ${halfOf(route) === undefined ? 'add' : 'replace'} ${route} ${routeMark(route)}`,
    ),
    ...without(to.rules, from.rules).map((rule) => `rule add ${rule} ${ruleMark(rule)}`),
    ...without(from.rules, to.rules).map((rule) => `rule del ${rule} ${ruleMark(rule)}`),
    ...without(routes, to.routes)
      .filter((route) => !isReplaced(route, to.routes))
      .map((route) => `route del ${route} ${routeMark(route)}`),
    ...removed.filter((one) => !added.some((other) => isBeside(one, other))).map(removeAddress),
  ]
}

function addLink(link: KernelLink): readonly string[] {
  const { name, mtu } = link
  return [`link add ${name} mtu ${mtu} ${vxlan(link)}`, `link set ${name} alias ${linkAlias}`]
}

function addVlan({ name, port, vlan }: KernelVlan): readonly string[] {
  return [`link add link ${port} name ${name} type vlan id ${vlan}`, `link set ${name} alias ${linkAlias}`]
}

function isSameVlan(one: KernelVlan, other: KernelVlan): boolean {
  return one.name === other.name && one.port === other.port && one.vlan === other.vlan
}

/** All but its MTU, which alone can be changed. */
function isSameLink(one: KernelLink, other: KernelLink): boolean {
  return one.name === other.name && one.vni === other.vni && one.local === other.local && one.remote === other.remote
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  return all.filter((one) => !others.includes(one))
}

/** Of the Internet, which leads to one place only; undefined: it is another route. */
function halfOf(route: string): string | undefined {
  return halves.find((half) => ` ${route}`.includes(` ${half} `))
}

function isReplaced(route: string, by: readonly string[]): boolean {
  const half = halfOf(route)
  return half !== undefined && by.some((one) => halfOf(one) === half)
}

/**
 * An address that takes the place of others in their network. The kernel would take it away with the first of them, and all routes of
 * an interface with its last address: it is there alone for a moment.
 */
function addAddress(one: KernelAddress, before: readonly KernelAddress[]): readonly string[] {
  const add = ({ dev, address }: KernelAddress): string => `address add ${address} dev ${dev} metric ${addressMetric}`
  if (before.length === 0) return [add(one)]
  const alone = { ...one, address: one.address.replace(/\/.*/, '/32') }
  return [add(alone), ...before.map(removeAddress), add(one), removeAddress(alone)]
}

function removeAddress({ dev, address }: KernelAddress): string {
  return `address del ${address} dev ${dev}`
}

/** In one network of an interface. */
function isBeside(one: KernelAddress, other: KernelAddress): boolean {
  return one.dev === other.dev && subnetOf(one) === subnetOf(other)
}

function subnetOf({ address }: KernelAddress): string {
  const [ip = '', length] = address.split('/')
  return enclosing(ipv4ToNumber(ip) ?? 0, Number(length)).cidr
}

/** As `ip` shows it. */
function destination(cidr: string): string {
  return cidr.endsWith('/32') ? cidr.slice(0, -3) : cidr
}

/** The priority of a rule is the number of its table, but for those of marked packets, which come before. */
function ruleMark(rule: string): string {
  const preference = /\bfwmark\b/.test(rule)
    ? rule.startsWith('iif')
      ? publishedInPreference
      : publishedOutPreference
    : rule.slice(rule.lastIndexOf(' ') + 1)
  return `pref ${preference} protocol ${routeProtocol}`
}

/**
 * The last of its table: of the two that can be there, the one that lets the branch out is first, so that it can be added while the
 * other is still there. In the machine's own also behind that of an address of the same block, which is there for a moment. */
function routeMark(route: string): string {
  const metric = route.startsWith('unreachable default ')
    ? ` metric ${lastMetric}`
    : route.startsWith('throw default ')
      ? ` metric ${lastMetric - 1}`
      : route.endsWith(' table main') && halfOf(route) === undefined
        ? ` metric ${addressMetric + 1}`
        : ''
  return `proto ${routeProtocol}${metric}`
}
