import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import type { Mailer } from '../mail/mailer.ts'
import { type Sweep, startSweep } from '../store/sweep.ts'
import { type DeliveryContext, deliverAlerts } from './deliver.ts'
import { createDestinations } from './destinations.ts'
import { createPoster } from './poster.ts'
import { createAlertSender, type SendAlert } from './sender.ts'
import { type AlertSweepContext, sweepAlerts } from './sweep.ts'

/** How often rules are looked at, and how often what waits is sent. Whoever tries a sandbox out does not wait. */
const everyMs = { look: 60_000, send: 5_000, sandbox: 1_000 }
/** A receiver has so long to answer; whoever tests a channel waits for it. */
const timeoutMs = 5_000

export interface AlertNetwork {
  readonly mailer: Mailer
  readonly wallClock: () => number
  /** What the operator allows beside the public internet. */
  readonly targets: readonly string[]
  readonly isSandbox: boolean
}

/** Sends alerts into the network as it is. */
export function alertSenderOf({ mailer, wallClock, targets, isSandbox }: AlertNetwork): SendAlert {
  const destinations = createDestinations(targets, isSandbox)
  const resolve = async (host: string): Promise<readonly string[]> =>
    (await lookup(host, { all: true })).map(({ address }) => address)
  return createAlertSender({ post: createPoster({ destinations, resolve, timeoutMs }), mailer, wallClock })
}

/** Looks for what rules are about, and sends what there is to tell. */
export function startAlerts(
  context: AlertSweepContext & DeliveryContext & { readonly isSandbox: boolean; readonly logger: Logger },
): readonly Sweep[] {
  const { isSandbox, logger } = context
  const every = (usual: number): number => (isSandbox ? everyMs.sandbox : usual)
  return [
    startSweep({
      everyMs: every(everyMs.look),
      what: 'the alerts about gateways',
      logger,
      forget: (isOver) => sweepAlerts(context, isOver),
    }),
    startSweep({
      everyMs: every(everyMs.send),
      what: 'the messages about alerts',
      logger,
      forget: (isOver) => deliverAlerts(context, isOver),
    }),
  ]
}
