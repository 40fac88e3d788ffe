import type { Secret } from '@opensag/protocol'

/** Whether the page after a log-off offers to leave the provider too, and whether the provider is to send the browser back. */
type ProviderLogOff = 'offer' | 'return' | 'off'

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
  /** What is offered of the provider's own log-off after one from the console; `offer` unless given. */
  readonly logOff?: ProviderLogOff | undefined
  /** Seconds for one answer of the provider; 5 unless given. */
  readonly patience?: number | undefined
}
