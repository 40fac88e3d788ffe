import { smartAgRole } from './service-linked-roles.ts'

/** A policy every account has and none can change. */
export interface SystemPolicy {
  readonly name: string
  readonly description: string
  /** JSON. */
  readonly document: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** When they came to be (C): one moment for all, before any account of ours. */
const createdAt = Date.UTC(2015, 3, 28, 17)

function policy(name: string, description: string, ...statements: readonly Statement[]): SystemPolicy {
  const statement = statements.map(({ Action, Resource = '*', Condition }) => ({
    Effect: 'Allow',
    Action,
    Resource,
    Condition,
  }))
  return { name, description, document: JSON.stringify({ Version: '1', Statement: statement }), createdAt }
}

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource?: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * What cannot change anything. The published text of most read-only policies is not to be had: these verbs are the ones
 * whose operations only read (C). `Discribe` is how one operation of SmartAG is spelled.
 */
function reading(service: string): readonly string[] {
  return ['Describe*', 'Discribe*', 'Get*', 'List*', 'View*', 'Lookup*'].map((verb) => `${service}:${verb}`)
}

/**
 * System policies, by name, for the services there are here. Names as published, and the texts of
 * `AdministratorAccess`, `AliyunRAMFullAccess`, `AliyunSTSAssumeRoleAccess` and
 * `AliyunSmartAccessGatewayFullAccess` (D); the others' texts are ours (C).
 */
export const systemPolicies: ReadonlyMap<string, SystemPolicy> = new Map(
  [
    policy('AdministratorAccess', 'Provides full access to all services and resources.', { Action: '*' }),
    policy('ReadOnlyAccess', 'Provides read-only access to all services and resources.', { Action: reading('*') }),
    policy('AliyunActionTrailFullAccess', 'Provides full access to ActionTrail.', { Action: 'actiontrail:*' }),
    policy('AliyunActionTrailReadOnlyAccess', 'Provides read-only access to ActionTrail.', {
      Action: reading('actiontrail'),
    }),
    policy('AliyunRAMFullAccess', 'Provides full access to Resource Access Management.', { Action: 'ram:*' }),
    policy('AliyunRAMReadOnlyAccess', 'Provides read-only access to Resource Access Management.', {
      Action: reading('ram'),
    }),
    policy(
      smartAgRole.policyName,
      'Policy of the service-linked role of Smart Access Gateway.',
      // The published text lists the operations of ECS one by one. There is no ECS here, so these patterns allow nothing.
      { Action: ['ecs:*SecurityGroup*', 'ecs:*NetworkInterface*', 'ecs:DescribeInstances', 'ecs:DescribeTags'] },
      {
        Action: 'ram:DeleteServiceLinkedRole',
        Condition: { StringEquals: { 'ram:ServiceName': smartAgRole.serviceName } },
      },
    ),
    policy('AliyunSTSAssumeRoleAccess', 'Provides access to the AssumeRole operation of STS.', {
      Action: 'sts:AssumeRole',
    }),
    policy('AliyunSmartAccessGatewayFullAccess', 'Provides full access to Smart Access Gateway.', {
      Action: 'smartag:*',
    }),
    policy('AliyunSmartAccessGatewayReadOnlyAccess', 'Provides read-only access to Smart Access Gateway.', {
      Action: reading('smartag'),
    }),
  ]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => [entry.name, entry]),
)
