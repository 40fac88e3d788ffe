/** What somebody may do, in the words of the console. */
export type ReadyRole = 'viewer' | 'operator' | 'clerk' | 'auditor'

/** What it is allowed on: everything, or exactly these. */
export type GrantedOn =
  | 'everything'
  | {
      readonly instances: readonly string[]
      readonly networks: readonly string[]
    }

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

interface Statement {
  readonly Effect: string
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
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
  const resources = on === 'everything' ? ['*'] : resourcesOf(role, on)
  const statements: Statement[] = [{ Effect: 'Allow', Action: actionsOf[role], Resource: resources }]
  if (role === 'clerk' || on !== 'everything') statements.push(regions)
  return JSON.stringify({ Version: '1', Statement: statements })
}

/** The grant that a document was made for; undefined for every other, also for one that was changed by hand. */
export function readyGrantOf(document: string): ReadyGrant | undefined {
  const first = firstStatement(document)
  if (first === undefined) return undefined
  const on = grantedBy(first.Resource)
  if (on === undefined) return undefined
  const roles = on === 'everything' ? (Object.keys(actionsOf) as ReadyRole[]) : narrowRoles
  const same = (role: ReadyRole): boolean => plain(readyPolicy({ role, on })) === plain(document)
  const role = roles.find(same)
  return role && { role, on }
}

function ofSmartag(name: string): string {
  return `smartag:${name}`
}

function resourcesOf(role: ReadyRole, { instances, networks }: Exclude<GrantedOn, 'everything'>): readonly string[] {
  const count = instances.length + networks.length
  if (!narrowRoles.includes(role)) throw new RangeError('This role is granted on everything only.')
  if (count === 0 || count > mostGranted) throw new RangeError(`1 to ${mostGranted} resources, not ${count}.`)
  return [
    ...instances.map((id) => `acs:smartag:*:*:smartag/${id}`),
    ...networks.map((id) => `acs:smartag:*:*:ccn/${id}`),
  ]
}

/** Undefined when it names anything else. */
function grantedBy(resources: readonly unknown[]): GrantedOn | undefined {
  if (resources.length === 1 && resources[0] === '*') return 'everything'
  const named = resources.map((text) => /^acs:smartag:\*:\*:(smartag|ccn)\/([\w-]+)$/.exec(String(text)))
  if (named.length === 0 || named.length > mostGranted || named.includes(null)) return undefined
  const ofType = (type: string) => named.flatMap((found) => (found?.[1] === type ? [found[2] ?? ''] : []))
  return { instances: ofType('smartag'), networks: ofType('ccn') }
}

function firstStatement(document: string): { readonly Resource: readonly unknown[] } | undefined {
  const first = (read(document) as { readonly Statement?: readonly unknown[] } | undefined)?.Statement?.[0]
  const resource = (first as { readonly Resource?: unknown } | undefined)?.Resource
  return Array.isArray(resource) ? { Resource: resource } : undefined
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
