import { booleanField, direct, objectField, stringField } from '../../declare/index.ts'
import { formatUtc } from '../../model/utc-time.ts'
import type { StoredAuditEntry } from '../../store/audit/audit.ts'
import { readDetails } from '../../store/audit/details.ts'

/** An event as answers declare it. */
export const eventFields = {
  eventId: stringField,
  eventVersion: stringField,
  eventType: stringField,
  eventTime: stringField,
  eventName: stringField,
  eventRW: stringField,
  eventSource: stringField,
  serviceName: stringField,
  acsRegion: stringField,
  requestId: stringField,
  sourceIpAddress: stringField,
  errorCode: stringField,
  errorMessage: stringField,
  resourceType: stringField,
  resourceName: stringField,
  // What was sent, without what is secret.
  requestParameterJson: stringField,
  // OpenSAG's own (C): what the resources are called, and what the call changed in them.
  resources: direct({ resource: stringField, id: stringField, name: stringField }),
  changes: direct({ resource: stringField, field: stringField, before: stringField, after: stringField }),
  isCut: booleanField,
  userIdentity: objectField({
    type: stringField,
    accountId: stringField,
    principalId: stringField,
    accessKeyId: stringField,
    userName: stringField,
  }),
} as const

/** An event in the words of ActionTrail (D: "ActionTrail events"). */
export function shownEvent(event: StoredAuditEntry, endpoint: string) {
  const [type, userName] = identityOf(event)
  const { things, changes, parameters, isCut } = readDetails(event.details)
  return {
    eventId: event.requestId,
    eventVersion: '1',
    eventType: event.action === 'ConsoleSignin' ? 'ConsoleSignin' : 'ApiCall',
    eventTime: formatUtc(event.at),
    eventName: event.action,
    eventRW: event.level,
    eventSource: endpoint,
    serviceName: event.product,
    acsRegion: event.regionId,
    requestId: event.requestId,
    sourceIpAddress: event.source,
    errorCode: event.outcome,
    errorMessage: gathered(event),
    resourceType:
      resourcesOf(event)
        .map(([type]) => type)
        .join(';') || undefined,
    resourceName:
      resourcesOf(event)
        .map(([, name]) => name)
        .join(';') || undefined,
    requestParameterJson: event.details === undefined ? undefined : JSON.stringify(parameters),
    resources: things,
    changes,
    isCut: isCut || undefined,
    userIdentity: {
      type,
      accountId: event.accountId,
      principalId: event.principalId,
      accessKeyId: event.accessKeyId,
      userName,
    },
  }
}

/** Failed authentications are one event for many. */
function gathered({ times = 1, firstAt }: StoredAuditEntry): string | undefined {
  return times > 1 && firstAt !== undefined ? `${times} times since ${formatUtc(firstAt)}.` : undefined
}

/** What kind of caller it was, and the name of the user; of a session that of the role and its own. */
export function identityOf({ principal }: Pick<StoredAuditEntry, 'principal'>): readonly [type: string, name: string] {
  // Whoever failed to prove who it was, or is no caller of the API.
  if (!principal.startsWith('acs:')) return ['unknown', principal]
  const relative = principal.split(':').slice(4).join(':')
  if (relative.startsWith('user/')) return ['ram-user', relative.slice('user/'.length)]
  const [kind, role, session] = relative.split('/')
  return kind === 'assumed-role' ? ['assumed-role', `${role}:${session}`] : ['root-account', 'root']
}

/** Type and name of each resource: `acs:smartag:…:smartag/sag-1` is the `ACS::Smartag::Smartag` `sag-1`. */
export function resourcesOf({
  resources,
}: Pick<StoredAuditEntry, 'resources'>): readonly (readonly [type: string, name: string])[] {
  return resources.flatMap((resource) => {
    const [, service = '', , , ...rest] = resource.split(':')
    const [type, ...name] = rest.join(':').split('/')
    if (type === undefined || name.length === 0 || name.join('/') === '*') return []
    return [[`ACS::${capital(service)}::${capital(type)}`, name.join('/')] as const]
  })
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
