import type { AuditPlace } from '../../store/audit/audit.ts'
import { placeIn, tokenOf as tokenOfPlace } from '../paging.ts'

/** A page's end as the wire tells it. Opaque; it names nothing that is not shown. */
export function tokenOf({ at, id }: AuditPlace): string {
  return tokenOfPlace(`${at}.${id}`)
}

export function placeOf(token: string): AuditPlace | undefined {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(placeIn(token)) ?? []
  return at === undefined || id === undefined ? undefined : { at: Number(at), id: Number(id) }
}
