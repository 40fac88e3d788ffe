import type { Secret } from '@opensag/protocol'
import type { BoxSecrets } from './box-secrets.ts'
import type { RoutingSettings } from './routing-settings.ts'

/** Where the key is not known, or nobody's business. */
export const hiddenKey = '"******"'

/** As many bytes as OSPF has of a key; a shorter one is followed by zeros there, too. */
const keyBytes = 16

/** A key as BIRD takes it: bytes, since a text in its configuration cannot have quotation marks. */
export function birdKey(key: Secret): string {
  const bytes = Buffer.from(key.revealBytes())
  const padded = Buffer.alloc(Math.max(keyBytes, bytes.length))
  bytes.copy(padded)
  bytes.fill(0)
  const text = padded.toString('hex')
  padded.fill(0)
  return text
}

/**
 * What OSPF proves itself with, as BIRD takes it; undefined: nothing.
 * `isLost`: there is something, and it cannot be opened any more.
 */
export async function openRoutingKey(
  ospf: RoutingSettings['ospf'] | undefined,
  secrets: BoxSecrets,
): Promise<{ readonly key: string | undefined; readonly isLost: boolean }> {
  const { authentication = 'NONE', md5Key, password } = ospf ?? {}
  if (authentication === 'NONE') return { key: undefined, isLost: false }
  const [name, sealed] = authentication === 'MD5' ? (['md5Key', md5Key] as const) : (['password', password] as const)
  const secret = sealed && (await secrets.open(sealed, { section: 'ospf', name }))
  if (secret === undefined) return { key: undefined, isLost: true }
  // Of a password the characters are few, and BIRD wants a text.
  const key = name === 'md5Key' ? birdKey(secret) : `"${secret.reveal()}"`
  secret.wipe()
  return { key, isLost: false }
}
