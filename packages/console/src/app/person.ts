/** Of `acs:ram::1210…:user/wang.k` the name that people know somebody by: `wang.k`, or `root`. */
export function personOf(principal: string): string
export function personOf(principal: string | undefined): string | undefined
export function personOf(principal: string | undefined): string | undefined {
  return principal === undefined ? undefined : (/[:/]([^:/]+)$/.exec(principal)?.[1] ?? principal)
}
