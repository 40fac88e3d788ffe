import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { type DiagnosisCheck, type Finding, givenUp } from '@opensag/protocol'
import type { BoxFacts, BoxState } from '../box/box-state.ts'
import type { NetworkState } from '../connection-network-report.ts'
import type { DesiredConfig } from '../desired-config.ts'
import { measurePoints, type QualityOptions } from '../measuring/quality.ts'
import type { Survey } from './survey.ts'

export type Outcome = Pick<Finding, 'outcome' | 'values'>

export interface DiagnosisOptions extends QualityOptions {
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'status'>
  /** Where the server is. */
  readonly serverUrl: string
  /** Each absent: it tells nothing of that, and nothing of it is looked at. */
  readonly box?: Pick<BoxState, 'read'> | undefined
  readonly networkState?: Pick<NetworkState, 'read'> | undefined
  readonly survey?: Survey | undefined
}

type Check = (options: DiagnosisOptions, addresses: readonly string[]) => Promise<Outcome | undefined>

/** Loss above this share of the requests is told. */
const tolerated = 0.1

const ok = (...values: readonly (string | number)[]): Outcome => found('ok', ...values)

function found(outcome: string, ...values: readonly (string | number)[]): Outcome {
  return { outcome, values: values.slice(0, 16).map((value) => String(value).slice(0, 100)) }
}

/** Each looks at one thing; undefined: this gateway has no such thing. */
export const checks: Readonly<Record<DiagnosisCheck, Check>> = {
  async wanPort(options) {
    const facts = await boxOf(options)
    return facts && portOutcome(options, facts, facts.wan.find(({ isActive }) => isActive) ?? facts.wan[0])
  },
  async lanPort(options) {
    const facts = await boxOf(options)
    return facts && portOutcome(options, facts, facts.lan[0])
  },
  async configuration({ desiredConfig }) {
    const status = desiredConfig.status()
    const reverted = givenUp(status)
    if (status.failing === true) return found('failing')
    if (reverted !== undefined) return found('givenUp', reverted.revision, reverted.reason)
    if (status.trial !== undefined) return found('onTrial')
    return status.applied === undefined ? found('none') : ok(status.applied.revision)
  },
  async nameServer({ serverUrl }) {
    const { hostname } = new URL(serverUrl)
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return found('notNeeded', hostname)
    try {
      return ok(hostname, (await lookup(hostname)).address)
    } catch (error) {
      return found('unresolved', hostname, (error as NodeJS.ErrnoException).code ?? '')
    }
  },
  async nextHop({ survey }) {
    if (survey === undefined) return undefined
    const hop = await survey.nextHop()
    if (hop === undefined) return found('noWay')
    return hop.ms === undefined ? found('silent', hop.address) : ok(hop.address, hop.ms.toFixed(1))
  },
  async accessPoints(options, addresses) {
    if (addresses.length === 0) return undefined
    const points = await measurePoints(addresses, options)
    if (points.some(({ sent }) => sent === 0)) return found('unsent')
    const silent = points.filter(({ answered }) => answered === 0)
    if (silent.length > 0) return found('silent', ...silent.map(({ address }) => address))
    const lossy = points.filter(({ sent, answered }) => 1 - answered / sent > tolerated)
    if (lossy.length > 0) {
      return found('lossy', ...lossy.map(({ address, sent, answered }) => `${address} ${answered}/${sent}`))
    }
    return ok(...points.map(({ address, ms = 0 }) => `${address} ${ms.toFixed(1)} ms`))
  },
  async pathMtu({ survey }, addresses) {
    if (survey === undefined || addresses.length === 0) return undefined
    const paths = await Promise.all(addresses.map(async (to) => ({ to, ...(await survey.pathMtu(to)) })))
    const narrow = paths.filter(({ got, most }) => got > 0 && got < most)
    if (narrow.length > 0) return found('narrow', ...narrow.map(({ to, got, most }) => `${to} ${got}/${most}`))
    const known = paths.filter(({ got }) => got > 0)
    return known.length === 0 ? found('unknown') : ok(...known.map(({ to, got }) => `${to} ${got}`))
  },
  async tunnels({ networkState, desiredConfig }) {
    const { pops = [] } = desiredConfig.inForce()?.config.network ?? {}
    if (networkState === undefined || pops.length === 0) return undefined
    const { tunnels } = await networkState.read()
    const isUp = (pop: string): boolean => tunnels.some((one) => one.pop === pop && one.isUp)
    const down = pops.filter(({ serial }) => !isUp(serial)).map(({ serial }) => serial)
    if (down.length === 0) return ok(...pops.map(({ serial }) => serial))
    return found(down.length === pops.length ? 'allDown' : 'someDown', ...down)
  },
  async routes({ survey, desiredConfig }) {
    if (survey === undefined || desiredConfig.inForce()?.config.network === undefined) return undefined
    const count = await survey.routes()
    return count === 0 ? found('none') : ok(count)
  },
}

async function boxOf({ box, desiredConfig }: DiagnosisOptions): Promise<BoxFacts | undefined> {
  return box?.read(desiredConfig.inForce()?.config)
}

function portOutcome(
  { survey }: DiagnosisOptions,
  { ports }: BoxFacts,
  port: { readonly port: string; readonly ip?: string | undefined; readonly type: string } | undefined,
): Outcome {
  if (port === undefined) return found('noPort')
  if (ports.find(({ name }) => name === port.port)?.isUp !== true) return found('noCable', port.port)
  // The lines of a box that does not exist have no addresses.
  if (port.ip === undefined && survey !== undefined) return found('noAddress', port.port, port.type)
  return ok(port.port, port.ip ?? '', port.type)
}
