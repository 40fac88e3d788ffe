/** Signature V3 as the `Authorization` header carries it. */
export interface AuthorizationV3 {
  readonly algorithm: string
  readonly accessKeyId: string
  /** Lower-case names as the client listed them; `undefined` when it listed none. */
  readonly signedHeaders: readonly string[] | undefined
  readonly signature: string
}

export function isV3(authorization: string | undefined): authorization is string {
  return authorization?.startsWith('ACS3-') === true
}

const memberNames: readonly string[] = ['Credential', 'SignedHeaders', 'Signature']

/**
 * `ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<a;b;c>,Signature=<hex>`. A space after a comma is tolerated, and the
 * list of headers may be missing: an older Java signer leaves it out.
 */
export function parseAuthorizationV3(header: string): AuthorizationV3 | undefined {
  const space = header.indexOf(' ')
  if (space === -1) return undefined
  const members = new Map<string, string>()
  for (const member of header.slice(space + 1).split(',')) {
    const equals = member.indexOf('=')
    const name = member.slice(0, equals).trim()
    if (equals === -1 || members.has(name) || !memberNames.includes(name)) return undefined
    members.set(name, member.slice(equals + 1).trim())
  }
  const signature = members.get('Signature')
  if (signature === undefined || signature === '') return undefined
  return {
    algorithm: header.slice(0, space),
    accessKeyId: members.get('Credential') ?? '',
    signedHeaders: members.get('SignedHeaders')?.split(';'),
    signature,
  }
}
