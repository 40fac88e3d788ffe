import { sourceOf } from '@opensag/protocol'
import { createCrowdLimit } from '../../remote-access/crowd-limit.ts'
import { createLogonThrottle } from '../../remote-access/throttle.ts'
import type { SessionCredentials } from '../../store/access/session-credentials.ts'
import type { ConsoleLogonContext } from '../logon.ts'
import { ConsoleLogonRefusal, type RefusalCode } from '../refusals.ts'
import type { SingleSignOnOptions } from './options.ts'
import type { PendingLogon } from './pending.ts'
import type { Provider } from './provider.ts'
import { createAdmission, type Visitor } from './session.ts'

/** Each asks the provider. */
const mostAtOnce = 32

export interface SingleSignOnContext extends ConsoleLogonContext {
  readonly options: SingleSignOnOptions
  readonly provider: Provider
}

/** @throws ConsoleLogonRefusal */
export type LogOnFromProvider = (pending: PendingLogon | undefined, visitor: Visitor) => Promise<SessionCredentials>

/** Refused before it is known who it is. */
const nameless: ReadonlySet<RefusalCode> = new Set([
  'TooManyAttempts',
  'SingleSignOnNotBegun',
  'SingleSignOnRefused',
  'SingleSignOnNotProven',
])

/** Somebody whom an OpenID provider has logged on is given temporary keys of the RAM user that it is. */
export function createSingleSignOn(context: SingleSignOnContext): LogOnFromProvider {
  const { provider, wallClock, noteFailure } = context
  const throttle = createLogonThrottle({ ...context, kind: 'sso' })
  const admit = createAdmission(context)
  const oneOfMany = createCrowdLimit(mostAtOnce, () => new ConsoleLogonRefusal('ServerBusy', 1))

  async function logOn(pending: PendingLogon | undefined, visitor: Visitor): Promise<SessionCredentials> {
    if (pending?.answer === undefined) throw new ConsoleLogonRefusal('SingleSignOnNotBegun')
    // What was begun counts as a name does: it is tried a few times at most.
    const attempt = await throttle.begin([pending.state, sourceOf(visitor.address)], wallClock())
    if (!attempt.allowed) throw new ConsoleLogonRefusal('TooManyAttempts', Math.ceil(attempt.wait / 1000))
    const identity = await provider.prove(pending).catch(async (error) => {
      // What the provider or this server is to blame for is nobody's guess.
      const isGuess = error instanceof ConsoleLogonRefusal && error.code !== 'SingleSignOnUnavailable'
      if (!isGuess) await attempt.takeBack()
      throw error
    })
    await attempt.succeeded()
    return admit(identity, visitor)
  }

  return (pending, visitor) =>
    oneOfMany(() =>
      logOn(pending, visitor).catch((error) => {
        if (error instanceof ConsoleLogonRefusal && nameless.has(error.code)) {
          noteFailure({ action: 'ConsoleSignin', reason: error.code, source: visitor.address })
        }
        throw error
      }),
    )
}
