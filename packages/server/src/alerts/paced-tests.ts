import { Throttled } from '../rpc/gateway-errors.ts'
import { createSharedPaces, type SharedPacesOptions } from '../rpc/shared-paces.ts'
import type { SendAlert } from './sender.ts'

/** An account tests six times at once, and after that once in ten seconds. */
const pace = { perSecond: 0.1, savedSeconds: 60 }

/**
 * Sends tests of channels no faster than a person would ask for them: a channel can name any mail address, so that else whoever may make
 * channels could fill a stranger's mailbox. Of each node by itself. @throws Throttled
 */
export function paceTests(send: SendAlert, options: Pick<SharedPacesOptions, 'seed' | 'now'>): SendAlert {
  const tests = createSharedPaces({ ...pace, ...options })
  return async (channel, message) => {
    const waitMs = tests.take(message.accountId)
    if (waitMs > 0) throw new Throttled('Throttling.User', waitMs)
    return send(channel, message)
  }
}
