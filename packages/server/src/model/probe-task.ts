import { mostProbeTasks, type WireProbeTask } from '@opensag/protocol'
import { ipv4ToNumber, isAtLeast, numberToIpv4 } from '@opensag/rules'
import type { Device } from './device.ts'
import { dnatAddress } from './dnat.ts'

export const probeProtocols = ['ICMP', 'TCP', 'HTTP'] as const
export const probeTypes = ['Internet', 'Intranet'] as const

export type ProbeProtocol = (typeof probeProtocols)[number]
export type ProbeType = (typeof probeTypes)[number]

/** What one gateway probes once a minute. */
export interface ProbeTaskSettings {
  readonly name: string | undefined
  readonly type: ProbeType
  readonly protocol: ProbeProtocol
  /** An address or a name; with HTTP a URL. */
  readonly domain: string
  readonly port: number | undefined
  /** Of `Intranet`; undefined: the address that the gateway has in its first block. */
  readonly source: number | undefined
  /** Probes of a minute. */
  readonly packets: number
  readonly isEnabled: boolean
}

export interface ProbeTask extends ProbeTaskSettings {
  readonly id: string
  readonly instanceId: string
  readonly serial: string
  /** Raised with each change: what was reported of the settings before counts for nothing. */
  readonly generation: number
  readonly createdAt: number
  readonly modifiedAt: number
}

/** Of one device. No number is published (C). */
export const probeTaskLimit = mostProbeTasks

/** Probes of a minute where nothing is said (C). */
export const defaultPackets = 10

/** The large box alone, from 2.7.0 (D). */
export function canProbe({ model, version }: Pick<Device, 'model' | 'version'>): boolean {
  return model === 'sag-1000' && isAtLeast(version, '2.7.0')
}

const hostName =
  /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

export type ProbeFault = 'InvalidProbeProtocol' | 'InvalidProbeDomain' | 'InvalidProbePort'

/** What of the settings does not fit together; undefined: all does. */
export function probeFault(
  settings: Pick<ProbeTaskSettings, 'type' | 'protocol' | 'domain' | 'port'>,
): ProbeFault | undefined {
  const { type, protocol, domain, port } = settings
  // D: tasks that probe private networks know ICMP and TCP only.
  if (type === 'Intranet' && protocol === 'HTTP') return 'InvalidProbeProtocol'
  if (!(protocol === 'HTTP' ? isProbedUrl(domain) : isProbedHost(domain))) return 'InvalidProbeDomain'
  return protocol === 'TCP' && port === undefined ? 'InvalidProbePort' : undefined
}

/** Something that a task of one of the protocols probes. */
export function isProbeTarget(text: string): boolean {
  return isProbedHost(text) || isProbedUrl(text)
}

function isProbedHost(text: string): boolean {
  return ipv4ToNumber(text) === undefined ? hostName.test(text) : dnatAddress(text) !== undefined
}

function isProbedUrl(text: string): boolean {
  if (text.length > 255 || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && isProbedHost(hostname) && `${username}${password}` === ''
}

/**
 * What a gateway is told of it; undefined: nothing, as it does not run, or the gateway has no address that it could send from.
 *
 * @param own the address that gateways of the instance have in its first block; undefined: there is no block
 */
export function wireProbeTask(task: ProbeTask, own: number | undefined): WireProbeTask | undefined {
  const { id, generation, type, protocol, domain, port, packets, isEnabled } = task
  const from = type === 'Intranet' ? (task.source ?? own) : undefined
  if (!isEnabled || (type === 'Intranet' && from === undefined)) return undefined
  return {
    ...{ id, generation, to: domain, count: packets },
    protocol: wireProtocols[protocol],
    ...(from === undefined ? {} : { from: numberToIpv4(from) }),
    ...(protocol === 'TCP' && port !== undefined ? { port } : {}),
  }
}

const wireProtocols = { ICMP: 'icmp', TCP: 'tcp', HTTP: 'http' } as const
