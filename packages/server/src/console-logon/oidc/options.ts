import type { Secret } from '@opensag/protocol'

/** An OpenID provider by which users of one account log on to the console. */
export interface SingleSignOnOptions {
  /** As the provider itself writes it. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: Secret
  /** Id or alias of the account whose users they are. */
  readonly account: string
  /** The claim that says which user somebody is, at the first logon: `email`, or one that is the user's name. */
  readonly userClaim: string
  /** What the button of the logon page calls it. */
  readonly name: string
  /** Seconds for one answer of the provider; 5 unless given. */
  readonly patience?: number | undefined
}
