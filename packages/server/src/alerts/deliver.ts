import type { Logger } from 'pino'
import type { Sealer } from '../sealing/sealing.ts'
import { Alerts } from '../store/alerts/alerts.ts'
import {
  isAnyMessageDue,
  postponeMessage,
  removeMessage,
  takeMessages,
  type WaitingMessage,
} from '../store/alerts/messages.ts'
import type { Store } from '../store/store.ts'
import type { SendAlert } from './sender.ts'

export interface DeliveryContext {
  readonly store: Store
  readonly sealer: Sealer
  readonly send: SendAlert
  readonly wallClock: () => number
  readonly logger: Logger
}

/** So many are being sent at once. */
const most = 20
/** Longer than sending one may take: then whoever took it is gone, and it is sent again. */
const takenMs = 60_000
/** How long after each attempt that failed the next one is; after the last of them it is given up. */
export const pausesMs: readonly number[] = [30_000, 120_000, 600_000, 1_800_000, 7_200_000]

/** Sends what waits to be sent. Each message goes out at least once, and by one node at a time. */
export async function deliverAlerts(context: DeliveryContext, isOver: () => boolean = () => false): Promise<void> {
  const { store, wallClock } = context
  while (!isOver()) {
    const at = wallClock()
    // Mostly none is: then nobody who writes waits for this.
    if (!(await store.read((db) => isAnyMessageDue(db, at)))) return
    const taken = await store.write((tx) => takeMessages(tx, { at, until: at + takenMs, most }))
    await Promise.all(taken.map((waiting) => deliver(context, waiting)))
    if (taken.length < most) return
  }
}

async function deliver(
  { store, sealer, send, wallClock, logger }: DeliveryContext,
  { channelId, message, attempts }: WaitingMessage,
): Promise<void> {
  let isThere = true
  let failure: string | undefined
  try {
    const channel = await store.read((db) => new Alerts(db, sealer).channels.find(message.accountId, channelId))
    isThere = channel !== undefined
    failure = channel && (await send(channel, message))
  } catch (error) {
    // A defect with this message keeps no other one waiting, and is tried again as what failed is.
    logger.error({ err: error, channel: channelId, alertMessage: message.id }, 'an alert could not be sent')
    failure = 'internal error'
  }
  const pause = failure === undefined ? undefined : pausesMs[attempts - 1]
  if (failure !== undefined) {
    logger.warn({ channel: channelId, alertMessage: message.id, attempts, failure }, 'an alert could not be sent')
  }
  const at = wallClock()
  await store.write(async (tx) => {
    if (pause === undefined) await removeMessage(tx, message.id)
    else await postponeMessage(tx, message.id, at + pause)
    if (isThere) await new Alerts(tx, sealer).channels.note(channelId, at, failure)
  })
}
