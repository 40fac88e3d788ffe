import type { AuditPlace } from '../../store/audit/audit.ts'

/** A page's end as the wire tells it. Opaque; it names nothing that is not shown. */
export function tokenOf({ at, id }: AuditPlace): string {
  return Buffer.from(`${at}.${id}`).toString('base64url')
}

export function placeOf(token: string): AuditPlace | undefined {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? []
  return at === undefined || id === undefined ? undefined : { at: Number(at), id: Number(id) }
}
