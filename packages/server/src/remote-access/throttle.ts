import { createThrottle, type Limits, type Throttle } from '@opensag/protocol'

/** C, as all throttling. For guesses at one account, wherever they come from: short, since it also locks out its owner. */
export const perAccount: Limits = { free: 5, firstWait: 1_000, longestWait: 60_000, memory: 3_600_000 }
/** For guesses from one place at many accounts; a branch office behind one address has many people who err. */
export const perAddress: Limits = { free: 30, firstWait: 1_000, longestWait: 300_000, memory: 3_600_000 }

const mostRemembered = 10_000

/** How often passwords may be tried: keyed by the account as it was named, and by where the attempt comes from. */
export type LogonThrottle = Throttle<readonly [account: string, source: string]>

export function createLogonThrottle(): LogonThrottle {
  return createThrottle([
    { limits: perAccount, capacity: mostRemembered, onSuccess: 'clear' },
    { limits: perAddress, capacity: mostRemembered, onSuccess: 'takeBack' },
  ])
}
