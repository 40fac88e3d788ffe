import type { AclConfig } from '@opensag/protocol'
import { canFilter, canFilterWan, isProgramTooOld } from './device-features.ts'
import { failsToRecognise } from './dpi.ts'
import { type FeatureLack, featureLack } from './feature-lack.ts'
import { type FiveTuple, packetsOf } from './five-tuple.ts'
import type { Instance } from './instance.ts'

export const aclTypes = ['acl-hardware', 'acl-software'] as const
export const aclPolicies = ['accept', 'drop'] as const
export const aclDirections = ['in', 'out'] as const
export const aclSides = ['LAN', 'WAN'] as const

/** An access control list. */
export interface Acl {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string
  /** `acl-software` is for SAG APP instances. */
  readonly type: (typeof aclTypes)[number]
  readonly createdAt: number
}

/** What it says of a connection. A text that was not sent is empty. */
export interface AclRule extends FiveTuple {
  readonly id: string
  readonly aclId: string
  readonly name: string
  readonly description: string
  readonly policy: (typeof aclPolicies)[number]
  /** Toward the branch, or from it. */
  readonly direction: (typeof aclDirections)[number]
  /** What is on the other side: the network of the branch (`LAN`), or the Internet. */
  readonly side: (typeof aclSides)[number]
  /** 1 comes first. */
  readonly priority: number
  readonly createdAt: number
}

/** An account has as many at most (D). */
export const aclLimit = 10
/** Rules of one list (D). */
export const aclRuleLimit = 50
export const lowestAclPriority = 100

/** In the order in which they are asked: by priority, `drop` first, then the longer prefixes (D; what is longer of two pairs C), then the older. */
export function inOrder(rules: readonly AclRule[]): readonly AclRule[] {
  return [...rules].sort(
    (one, other) =>
      one.priority - other.priority ||
      Number(one.policy === 'accept') - Number(other.policy === 'accept') ||
      prefixes(other) - prefixes(one) ||
      one.createdAt - other.createdAt ||
      (one.id < other.id ? -1 : 1),
  )
}

/** Bits that both networks fix. */
function prefixes({ sourceCidr, destCidr }: AclRule): number {
  return [sourceCidr, destCidr].reduce((sum, cidr) => sum + Number(cidr.split('/')[1]), 0)
}

/** What gateways are told of a list; undefined: it has no rule, so everything passes. */
export function aclConfig(rules: readonly AclRule[]): AclConfig | undefined {
  if (rules.length === 0) return undefined
  return inOrder(rules).map((rule) => ({
    policy: rule.policy,
    direction: rule.direction,
    side: rule.side === 'LAN' ? 'network' : 'internet',
    ...packetsOf(rule),
  }))
}

type Filtering = Pick<Instance, 'devices' | 'dpiEnabled'>

/** Why devices of an instance cannot have a list; undefined: they can, or there is none yet. */
export function filterLack(instance: Filtering, rules: readonly Pick<AclRule, 'side'>[]): FeatureLack | undefined {
  return featureLack(instance, rules.some(isOfInternet) ? canFilterWan : canFilter)
}

/** An SAG-1000 of an old version can filter, but not what is on the Internet. */
export function lacksWan({ devices }: Filtering): boolean {
  return devices.some((device) => canFilter(device) && !canFilterWan(device))
}

/** A gateway of the instance does not put all of these in force. */
export function failsToFilter(instance: Filtering, rules: readonly Pick<AclRule, 'side' | 'applications'>[]): boolean {
  if (rules.length === 0) return false
  if (failsToRecognise(instance, rules)) return true
  return filterLack(instance, rules) !== undefined || instance.devices.some((one) => isProgramTooOld(one, 'acl'))
}

function isOfInternet({ side }: Pick<AclRule, 'side'>): boolean {
  return side === 'WAN'
}
