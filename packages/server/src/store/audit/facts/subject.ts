/** Kinds of stored things whose fields the audit trail shows before and after a call. */
export type FactsKind =
  | 'accessKey'
  | 'account'
  | 'acl'
  | 'aclRule'
  | 'alert'
  | 'alertChannel'
  | 'alertRule'
  | 'ccn'
  | 'clientUser'
  | 'device'
  | 'dnatEntry'
  | 'enterpriseCode'
  | 'flowLog'
  | 'group'
  | 'healthCheck'
  | 'instance'
  | 'loginProfile'
  | 'policy'
  | 'probeTask'
  | 'qos'
  | 'qosCar'
  | 'qosPolicy'
  | 'role'
  | 'securityKey'
  | 'snatEntry'
  | 'user'
  | 'vbr'

/** Lists that belong to a thing; they cost a query each, so they are read only for calls that can change them. */
export type FactsList =
  | 'cidrs'
  | 'snat'
  | 'addresses'
  | 'locks'
  | 'groups'
  | 'policies'
  | 'routeStrategies'
  | 'sessions'
  | 'tags'
  | 'upgradePolicies'

/** Which thing. RAM names things by name and account; each has an id besides, which no rename changes. */
export interface FactsKey {
  readonly kind: FactsKind
  readonly key: string
  readonly accountId: string
  /** `key` is the id: of a user or group, which a call may have renamed. */
  readonly isId?: true
  /** Of a client user: its instance. */
  readonly within?: string | undefined
  readonly lists?: readonly FactsList[] | undefined
}

/** Fields by the names that the API has for them. No secret is one of them, nor anything made from a secret. */
export type Facts = Readonly<Record<string, string>>

export interface Identity {
  /** Finds the same thing again, whatever its name has become. */
  readonly id: string
  readonly name: string | undefined
  /** The account it belongs to. */
  readonly accountId: string | undefined
}
