/** Who signed the request, once authenticated. */
export interface Caller {
  readonly kind: 'Account'
  readonly accountId: string
  readonly accessKeyId: string
}

/** How a caller is named in records: `acs:ram::{account}:root`. */
export function principal(caller: Caller): string {
  return `acs:ram::${caller.accountId}:root`
}
