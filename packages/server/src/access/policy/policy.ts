/** Policies as data: what `parsePolicy` reads and `printPolicy` writes. */

/** `identity`: attached to a user, group or role, or given to a session. `trust`: says who may assume a role. */
export type PolicyKind = 'identity' | 'trust'

export interface Policy {
  readonly kind: PolicyKind
  readonly statements: readonly Statement[]
}

export type Effect = 'Allow' | 'Deny'

export interface Statement {
  readonly effect: Effect
  readonly action: Patterns
  /** In identity policies. */
  readonly resource?: Patterns
  /** In trust policies. */
  readonly principal?: Principal
  /** All of them must hold. */
  readonly conditions: readonly Condition[]
}

/** `Action` and `NotAction`, `Resource` and `NotResource`: matched by any of the patterns, or by none when `not`. */
export interface Patterns {
  readonly not: boolean
  readonly patterns: readonly string[]
}

export const principalTypes = ['RAM', 'Service', 'Federated'] as const
export type PrincipalType = (typeof principalTypes)[number]
/** At least one type is there, each with at least one name. */
export type Principal = Readonly<Partial<Record<PrincipalType, readonly string[]>>>

export interface Condition {
  readonly operator: Operator
  /** As written; compared without regard to case. */
  readonly key: string
  /** At least one; alternatives. */
  readonly values: readonly string[]
}

export interface Operator {
  readonly name: OperatorName
  readonly set?: 'ForAnyValue' | 'ForAllValues'
  readonly ifExists: boolean
}

/** RAM, "Conditional operators": five families (D). `Null` is not among them. */
export const operatorNames = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'IpAddress',
  'NotIpAddress',
] as const
export type OperatorName = (typeof operatorNames)[number]
