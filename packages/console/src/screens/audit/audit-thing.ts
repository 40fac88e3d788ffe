import { links } from '../../app/links.ts'
import type { AuditEvent } from './audit-event.ts'

/** What an entry is about, as people call it. */
export interface Thing {
  readonly name: string
  readonly id: string
  /** Its page, where it has one. */
  readonly href: string | undefined
}

/** The things an entry is about, each once: with their names at that time, the one that changed first. */
export function thingsIn(event: AuditEvent): readonly Thing[] {
  const { resources = [], resourceName = '', acsRegion, changes = [] } = event
  const named = resources.map(({ resource = '', id = '', name }) => ({ resource, id, name }))
  const changed = changes[0]?.resource
  const inOrder = [...named].sort((a, b) => Number(b.resource === changed) - Number(a.resource === changed))
  if (inOrder.length === 0)
    return resourceName
      .split(';')
      .filter(Boolean)
      .map((id) => ({ id, name: id, href: undefined }))
  return inOrder.map(({ resource, id, name }) => ({ id, name: name ?? id, href: pageOf(resource, acsRegion) }))
}

/** `acs:smartag:cn-shanghai:1:smartag/sag-1` has a page; what belongs to it has none of its own. */
function pageOf(resource: string, askedRegion: string | undefined): string | undefined {
  const [, , region = '', , ...rest] = resource.split(':')
  const [type, name, within] = rest.join(':').split('/')
  const place = region === '*' || region === '' ? askedRegion : region
  if (name === undefined) return undefined
  if (type === 'user') return links.access('users', name)
  if (type === 'role') return links.access('roles', name)
  if (place === undefined) return undefined
  if (type === 'smartag') return links.instance(place, name)
  if (type === 'ccn') return links.network(place, name)
  if (type === 'clientuser' && within !== undefined) return links.remote(place, name)
  return undefined
}
