import { type FromServer, signSwitch, type WireReport } from '@opensag/protocol'
import type { ChannelIdentity } from './identity.ts'

/** What a gateway with these pins has to be told about the server's key; undefined: nothing, or nothing it would understand. */
export function identityNews(
  { keys, announced }: Pick<ChannelIdentity, 'keys' | 'announced'>,
  pinned: WireReport['pinned'],
  transcript: Buffer,
): (FromServer & { readonly kind: 'successor' | 'switched' }) | undefined {
  // A gateway of 0.1.0 would end the connection for a message it does not know.
  if (pinned === undefined) return undefined
  const key = keys.present.publicKey
  if (pinned.key !== key) {
    if (pinned.successor !== key) return undefined
    return { kind: 'switched', key, signature: signSwitch(keys.present, transcript) }
  }
  if (announced === undefined || pinned.successor !== undefined) return undefined
  return { kind: 'successor', key: announced.key, signature: announced.signature }
}
