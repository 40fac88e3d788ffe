import type { Settings } from './schema.ts'

/** Whether the server makes its certificate itself: a certificate that is given, or a proxy, comes first. */
export function isSelfSigned({ tlsSelfSigned, tlsCert, tlsKey, trustedProxy = [] }: Settings): boolean {
  return tlsSelfSigned === 'on' && (tlsCert ?? tlsKey) === undefined && trustedProxy.length === 0
}
