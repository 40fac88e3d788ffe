/** What somebody may do, in the words of the console. */
export type ReadyRole = 'viewer' | 'operator' | 'clerk' | 'auditor'

/** What it is allowed on: everything, or exactly these. */
export type GrantedOn =
  | 'everything'
  | {
      readonly instances: readonly string[]
      readonly networks: readonly string[]
      /** Instances with one of these, now or later. */
      readonly tags: readonly GrantedTag[]
    }

export type GrantedTag = readonly [key: string, value: string]

export interface ReadyGrant {
  readonly role: ReadyRole
  readonly on: GrantedOn
}

/** What reads and changes nothing. `Discribe` is how one operation of SmartAG is spelled. */
const reading = ['Describe*', 'Discribe*', 'Get*', 'List*', 'View*'].map(ofSmartag)

/** What keeps gateways and networks running. No orders, no grants to others, no remote users. */
const operating = [
  'ActivateSmartAccessGateway',
  '*SerialNumber',
  '*BindSmartAccessGateway',
  'ModifyCloudConnectNetwork',
  'ModifySmartAccessGateway',
  'RebootSmartAccessGateway',
  'SynchronizeSmartAGWebConfig',
  'UnlockSmartAccessGateway',
  'UpdateSmartAccessGateway*',
  'ModifySag*',
  'ClearSag*',
  '*SagStaticRoute',
  '*RouteDistributionStrategy',
  '*DnatEntry',
  '*SnatEntry',
  '*DnsForward',
  '*ServiceAddress',
  '*HealthCheck',
  '*ProbeTask',
  'DiagnoseSmartAccessGateway',
  'ModifyDeviceAutoUpgradePolicy',
  'SetAdvancedMonitorState',
  '*SmartAGDpiMonitor',
  'UpdateSmartAGDpiAttribute',
  'UpdateSmartAGAccessPoint',
  'ProbeAccessPointNetworkQuality',
  '*ACL',
  '*ACLRule',
  '*Qos',
  '*QosCar',
  '*QosPolicy',
].map(ofSmartag)

/** What adds, changes and ends remote users, and what their screen reads. */
const clerking = [
  'DescribeSmartAccessGateways',
  'DescribeSmartAccessGatewayClientUsers',
  'DescribeUser*',
  'DescribeClientUserDNS',
  'ListEnterpriseCode',
  '*SmartAccessGatewayClientUser',
  '*SmartAccessGatewayClientUserPassword',
  '*SmartAccessGatewayUser',
  'KickOutClients',
  'ModifyClientUserDNS',
  'RoamClientUser',
  'UpdateSmartAGUserAccelerateConfig',
].map(ofSmartag)

/** What shows who may do what, and who did. */
const auditing = ['actiontrail:LookupEvents', 'ram:Get*', 'ram:List*', 'opensag:EvaluateAccess']

/** Names of regions belong to nobody. */
const regions = { Effect: 'Allow', Action: ['smartag:DescribeRegions'], Resource: ['*'] }

/**
 * Roles that can be granted on chosen instances and networks. What remote users and the audit need is granted by SmartAG and
 * ActionTrail on everything or not at all.
 */
export const narrowRoles: readonly ReadyRole[] = ['viewer', 'operator']

/** In one policy: with more it would be longer than a policy may be. */
export const mostGranted = 80

/** Characters of a policy (D). */
const longest = 6144

/**
 * Whoever gives or takes tags decides what the role is on: he could give an instance up to others, or bring one that another policy lets
 * him change under this role.
 */
const noTagging = { Effect: 'Deny', Action: ['opensag:TagGateway', 'opensag:UntagGateway'], Resource: ['*'] }

interface Statement {
  readonly Effect: string
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

const actionsOf: Readonly<Record<ReadyRole, readonly string[]>> = {
  viewer: reading,
  operator: [...reading, ...operating],
  clerk: clerking,
  auditor: [...reading, ...auditing],
}

/**
 * The document of the policy for a role: it allows the operations of the role on exactly these resources. Operations that are
 * granted on `*` only are in it where the role is on everything, and otherwise are not.
 *
 * @throws RangeError when the role cannot be granted on single resources, on none, or on so many
 */
export function readyPolicy({ role, on }: ReadyGrant): string {
  const Action = actionsOf[role]
  const resources = on === 'everything' ? ['*'] : resourcesOf(role, on)
  const tags = on === 'everything' ? [] : [...byKey(on.tags)]
  const statements: Statement[] = resources.length === 0 ? [] : [{ Effect: 'Allow', Action, Resource: resources }]
  for (const [key, values] of tags) {
    const Condition = { StringEquals: { [`${resourceTag}${key}`]: values } }
    statements.push({ Effect: 'Allow', Action, Resource: ['*'], Condition })
  }
  if (role === 'operator' && tags.length > 0) statements.push(noTagging)
  if (role === 'clerk' || on !== 'everything') statements.push(regions)
  const document = JSON.stringify({ Version: '1', Statement: statements })
  if (document.length > longest) throw new RangeError(`A policy has at most ${longest} characters.`)
  return document
}

/** Whether there is a policy for it: not on nothing, and not on more than fits into one. */
export function canGrant(grant: ReadyGrant): boolean {
  return policyIfAny(grant) !== undefined
}

function policyIfAny(grant: ReadyGrant): string | undefined {
  try {
    return readyPolicy(grant)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The grant that a document was made for; undefined for every other, also for one that was changed by hand. */
export function readyGrantOf(document: string): ReadyGrant | undefined {
  const on = grantedBy(statementsOf(document))
  if (on === undefined) return undefined
  const roles = on === 'everything' ? (Object.keys(actionsOf) as ReadyRole[]) : narrowRoles
  const wanted = plain(document)
  const same = (role: ReadyRole): boolean => {
    const own = policyIfAny({ role, on })
    return own !== undefined && plain(own) === wanted
  }
  const role = roles.find(same)
  return role && { role, on }
}

function ofSmartag(name: string): string {
  return `smartag:${name}`
}

const resourceTag = 'acs:ResourceTag/'

/** Values of one key are alternatives of one condition, keys are not. */
function byKey(tags: readonly GrantedTag[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [key, value] of tags) values.set(key, [...(values.get(key) ?? []), value])
  return values
}

type Narrow = Exclude<GrantedOn, 'everything'>

function resourcesOf(role: ReadyRole, { instances, networks, tags }: Narrow): readonly string[] {
  const count = instances.length + networks.length + tags.length
  if (!narrowRoles.includes(role)) throw new RangeError('This role is granted on everything only.')
  if (count === 0 || count > mostGranted) throw new RangeError(`1 to ${mostGranted} resources, not ${count}.`)
  return [
    ...instances.map((id) => `acs:smartag:*:*:smartag/${id}`),
    ...networks.map((id) => `acs:smartag:*:*:ccn/${id}`),
  ]
}

/** Undefined when they name anything else: what the policy of a ready role is made of is compared with the whole of it. */
function grantedBy(statements: readonly unknown[]): GrantedOn | undefined {
  const on = { instances: [] as string[], networks: [] as string[], tags: [] as GrantedTag[] }
  for (const { Effect, Resource, Condition, Action } of statements as readonly Partial<Statement>[]) {
    if (Effect !== 'Allow' || !Array.isArray(Resource) || isRegions(Action)) continue
    const tags = tagsAsked(Condition)
    if (tags !== undefined) on.tags.push(...tags)
    else if (Resource.length === 1 && Resource[0] === '*') return 'everything'
    else {
      const named = Resource.map((text) => /^acs:smartag:\*:\*:(smartag|ccn)\/([\w-]+)$/.exec(String(text)))
      for (const found of named) {
        if (found?.[2] === undefined) return undefined
        on[found[1] === 'smartag' ? 'instances' : 'networks'].push(found[2])
      }
    }
  }
  return on
}

function isRegions(action: unknown): boolean {
  return Array.isArray(action) && action.length === 1 && action[0] === regions.Action[0]
}

function tagsAsked(condition: Partial<Statement>['Condition']): readonly GrantedTag[] | undefined {
  const [entry] = Object.entries(condition?.['StringEquals'] ?? {})
  if (entry === undefined || !entry[0].startsWith(resourceTag) || !Array.isArray(entry[1])) return undefined
  const key = entry[0].slice(resourceTag.length)
  return entry[1].map((value): GrantedTag => [key, String(value)])
}

/** None where it has none, or they are no objects. */
function statementsOf(document: string): readonly unknown[] {
  const statements = (read(document) as { readonly Statement?: unknown } | null | undefined)?.Statement
  return Array.isArray(statements) ? statements.filter((one) => typeof one === 'object' && one !== null) : []
}

/** As it is without the space between its parts. */
function plain(document: string): string {
  return JSON.stringify(read(document))
}

function read(document: string): unknown {
  try {
    return JSON.parse(document) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
