import type { ClientAuth, Configuration, IDToken } from 'openid-client'
import type { Logger } from 'pino'
import { ConsoleLogonRefusal } from '../refusals.ts'
import type { SingleSignOnOptions } from './options.ts'
import type { PendingLogon } from './pending.ts'
import { causeOf, isUnavailable } from './provider-trouble.ts'
import type { ProvenIdentity } from './rules.ts'

/** What a provider said of itself is asked for again then. */
const refreshMs = 60 * 60_000

export interface ProviderContext {
  readonly options: SingleSignOnOptions
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string
  readonly wallClock: () => number
  readonly logger: Logger
}

/** An OpenID provider. */
export interface Provider {
  /** The page at which somebody logs on there. */
  begin(logon: PendingLogon): Promise<string>
  /** The page at which one logs off there; undefined where the provider has none. */
  leave(backTo: string | undefined): Promise<string | undefined>
  /** Who has logged on there, by what the provider answered. */
  prove(logon: PendingLogon): Promise<ProvenIdentity>
}

type Library = typeof import('openid-client')

interface Known {
  readonly library: Library
  readonly configuration: Configuration
}

/**
 * The protocol and its cryptography are those of `openid-client`, which is loaded for the first logon. The provider is asked
 * about itself then, and again after it has failed: a server starts without it.
 */
export function createProvider({ options, redirectUri, wallClock, logger }: ProviderContext): Provider {
  const { issuer, userClaim } = options
  let known: { readonly found: Promise<Known>; readonly at: number } | undefined

  function found(): Promise<Known> {
    if (known !== undefined && wallClock() - known.at < refreshMs) return known.found
    const asked = { found: discovered(options), at: wallClock() }
    known = asked
    asked.found.catch(() => {
      if (known === asked) known = undefined
    })
    return asked.found
  }

  /** @throws ConsoleLogonRefusal */
  async function provider(): Promise<Known> {
    try {
      return await found()
    } catch (error) {
      logger.warn({ issuer, cause: causeOf(error) }, 'the OpenID provider could not be asked about itself')
      throw new ConsoleLogonRefusal('SingleSignOnUnavailable')
    }
  }

  /** Of a page that browsers are sent to: the provider says where it is, and that must not be a script of this page. */
  function addressOf(page: () => URL): string {
    try {
      const { href, protocol } = page()
      if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`A page begins with ${protocol}`)
      return href
    } catch (error) {
      logger.warn({ issuer, cause: causeOf(error) }, 'a page of the OpenID provider has no address to send browsers to')
      throw new ConsoleLogonRefusal('SingleSignOnUnavailable')
    }
  }

  return {
    async begin({ state, nonce, verifier }) {
      const { library, configuration } = await provider()
      const challenge = await library.calculatePKCECodeChallenge(verifier)
      return addressOf(() =>
        library.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: scopeFor(userClaim),
          state,
          nonce,
          code_challenge: challenge,
          code_challenge_method: 'S256',
        }),
      )
    },

    async leave(backTo) {
      const { library, configuration } = await provider()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      // Without an ID token, which would have to be kept: the provider asks whoever is there.
      const back: Record<string, string> = backTo === undefined ? {} : { post_logout_redirect_uri: backTo }
      return addressOf(() => library.buildEndSessionUrl(configuration, back))
    },

    async prove({ state, nonce, verifier, answer = '' }) {
      const { library, configuration } = await provider()
      try {
        const tokens = await library.authorizationCodeGrant(configuration, new URL(`${redirectUri}?${answer}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new ConsoleLogonRefusal('SingleSignOnNotProven')
        // Many providers keep claims about a person out of the token.
        const isMissing =
          claims[userClaim] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
        const person = isMissing ? await library.fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims
        return identityIn(claims, person, userClaim)
      } catch (error) {
        if (error instanceof ConsoleLogonRefusal) throw error
        logger.warn({ issuer, cause: causeOf(error) }, 'an answer of the OpenID provider logs nobody on')
        if (isUnavailable(error)) throw new ConsoleLogonRefusal('SingleSignOnUnavailable')
        const isRefused = error instanceof library.AuthorizationResponseError
        throw new ConsoleLogonRefusal(isRefused ? 'SingleSignOnRefused' : 'SingleSignOnNotProven')
      }
    },
  }
}

async function discovered({ issuer, clientId, clientSecret, patience = 5 }: SingleSignOnOptions): Promise<Known> {
  const library = await import('openid-client')
  const url = new URL(issuer)
  const secret = clientSecret.reveal()
  const [basic, post] = [library.ClientSecretBasic(secret), library.ClientSecretPost(secret)]
  const authentication: ClientAuth = (metadata, ...given) => {
    // Basic is what a provider takes that does not say (OpenID Connect Discovery 1.0, 3).
    const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return ways.includes('client_secret_basic') ? basic(metadata, ...given) : post(metadata, ...given)
  }
  const configuration = await library.discovery(url, clientId, undefined, authentication, {
    timeout: patience,
    execute: [
      // Not by the connection alone: also by the keys of the provider.
      library.enableNonRepudiationChecks,
      // On loopback only: settings with another plain address are refused.
      ...(url.protocol === 'http:' ? [library.allowInsecureRequests] : []),
    ],
  })
  return { library, configuration }
}

/** No more than the claim needs: the user may be asked about each. */
function scopeFor(claim: string): string {
  if (claim === 'sub') return 'openid'
  return claim === 'email' ? 'openid email' : 'openid profile'
}

/** @param person where the claim that names users is: the token itself, or what the provider says of its subject */
export function identityIn(
  { iss, sub, amr }: IDToken,
  person: Readonly<Record<string, unknown>>,
  userClaim: string,
): ProvenIdentity {
  const claim = person[userClaim]
  return {
    issuer: iss,
    subject: sub,
    claim: typeof claim === 'string' && claim !== '' ? claim : undefined,
    // Some say it as a text, which is no promise.
    emailVerified: person['email_verified'] === true,
    // RFC 8176.
    usedSecondFactor: Array.isArray(amr) && amr.includes('mfa'),
  }
}
