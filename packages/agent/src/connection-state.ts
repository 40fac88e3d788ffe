import type { RefusalCode } from '@opensag/protocol'

/** How things stand between a gateway and its server. */
export type ConnectionState =
  | { readonly is: 'connecting' }
  /** The server counts this gateway as connected. */
  | { readonly is: 'online' }
  /** It will be tried again soon. */
  | { readonly is: 'waiting'; readonly reason: string }
  /** It will be tried again, rarely: until somebody acts it will be the same. */
  | { readonly is: 'refused'; readonly code: RefusalCode | 'WrongServer'; readonly reason: string }
  | { readonly is: 'closed' }
