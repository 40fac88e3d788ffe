import type { AclConfig } from '@opensag/protocol'
import { type Cidr, contains, enclosing, ipv4ToNumber, parseNetwork } from '@opensag/rules'
import { z } from 'zod'
import { interfaceName, readSetup } from '../setup-file.ts'
import type { Machine } from './machine.ts'
import { reservedRanges } from './reserved.ts'

/** What a person sets at the machine of a point of presence; all else comes from the server. */
export interface PopSetup {
  /** The interface that gateways reach it at. */
  readonly wan: string
  readonly attachments: readonly Attachment[]
}

/** An interface of the machine that leads to a network of the cloud. */
export interface Attachment {
  /** The id of the cloud connect network that it belongs to. */
  readonly ccn: string
  readonly interface: string
  /** Of this machine on it, with the length of its network: `10.10.0.254/24`. */
  readonly address: string
  /** What members reach through it, and what is let in from it. */
  readonly prefixes: readonly string[]
  /** The router that the prefixes lie behind which are not in the network of the address. */
  readonly gateway?: string | undefined
  /** Which connections of what is behind it pass; absent: all. */
  readonly acl?: AclConfig | undefined
}

const nic = interfaceName(/^(lo|mesh|(vx|ipsec|app|ifb)\d+)$/)

const attachmentSchema = z.strictObject({
  ccn: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'is no id of a cloud connect network'),
  interface: nic,
  address: z.string(),
  prefixes: z.array(z.string()).min(1, 'needs one prefix at least').max(200),
  gateway: z.string().optional(),
})

const setupSchema = z.strictObject({ wan: nic, attachments: z.array(attachmentSchema).max(1_000).optional() })

/** @param text a file of JSON. @throws an error that says which member is wrong, and why. */
export function readPopSetup(text: string): PopSetup {
  const { wan, attachments = [] } = readSetup(text, setupSchema)
  const problem = attachments.map((one, index) => problemOf(one, wan, attachments.slice(0, index)))
  const index = problem.findIndex((one) => one !== undefined)
  if (index >= 0) throw new Error(`attachments.${index}.${problem[index]}`)
  return { wan, attachments }
}

/** Interfaces of attachments may come later: one customer's line is not in the way of the others. @throws when there is no `wan` */
export async function checkWan({ wan }: PopSetup, machine: Pick<Machine, 'interfaces'>): Promise<void> {
  const there = await machine.interfaces()
  if (!there.includes(wan)) throw new Error(`wan: this machine has no interface ${wan}; it has ${there.join(', ')}`)
}

/** The network that an address with its length is in. */
export function connectedOf(address: string): Cidr {
  const [host = '', length = ''] = address.split('/')
  return enclosing(ipv4ToNumber(host) ?? 0, Number(length))
}

/** What is wrong with one that its form does not show; `earlier`: those before it in the file. */
function problemOf(attachment: Attachment, wan: string, earlier: readonly Attachment[]): string | undefined {
  const { ccn, address, prefixes, gateway } = attachment
  if (attachment.interface === wan) return `interface: ${wan} is the interface that gateways reach the machine at`
  if (earlier.some((one) => one.interface === attachment.interface))
    return `interface: ${attachment.interface} is attached already`

  const [host = '', length = ''] = address.split('/')
  const number = ipv4ToNumber(host)
  if (number === undefined || !/^([1-9]|[12]\d|3[0-2])$/.test(length))
    return `address: "${address}" is no address with the length of its network, such as 10.10.0.254/24`
  const connected = connectedOf(address)
  const router = gateway === undefined ? undefined : ipv4ToNumber(gateway)
  if (
    gateway !== undefined &&
    (router === undefined || router === number || router < connected.first || router > connected.last)
  )
    return `gateway: "${gateway}" is no other address of ${connected.cidr}`

  const taken = earlier.filter((one) => one.ccn === ccn).flatMap((one) => one.prefixes)
  for (const [index, prefix] of prefixes.entries()) {
    const network = parseNetwork(prefix)
    if (typeof network === 'string') return `prefixes.${index}: "${prefix}" is no network, such as 10.10.0.0/24`
    if (reservedRanges.some((range) => contains(range, network)))
      return `prefixes.${index}: ${prefix} is reserved for the network itself`
    if (gateway === undefined && !contains(connected, network))
      return `prefixes.${index}: ${prefix} does not lie in ${connected.cidr}, so "gateway" must name the router it lies behind`
    if (taken.includes(prefix) || prefixes.indexOf(prefix) !== index)
      return `prefixes.${index}: ${prefix} is attached to ${ccn} already`
  }
  return undefined
}
