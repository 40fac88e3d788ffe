import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node'
import { createInbox } from '@nats-io/transport-node'
import { backgroundTimers, type Random, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Bus, type BusMessage, NoReply, NoResponder, type ServedConnection } from './bus.ts'
import { createInProcessBus } from './in-process.ts'
import { type KeptConnection, type KeptConnectionOptions, keepConnection, type NatsServers } from './nats-connection.ts'
import { type Answer, type Asked, answerIn, askedIn, encoded, subjectOf } from './nats-messages.ts'

export interface NatsBusOptions extends NatsServers {
  readonly random: Random
  readonly logger: Logger
  readonly timers?: Timers
  /** Which of its connections a gateway has, by the store. Without it every node that serves a gateway answers for it. */
  readonly epochOf?: (serial: string) => Promise<number>
  /** How it comes by its connection; tests give one that needs no network. */
  readonly keep?: (options: KeptConnectionOptions) => KeptConnection
}

/**
 * Nobody answers for so long after a server of NATS has died, although a node holds the gateway: its subscriptions come to another
 * server first. Whoever is asked only for gateways that are connected is asked again until then.
 */
const patienceMs = 1000
const againMs = 250
/** So long at most the store is waited for: who holds a gateway is asked also while it is away. */
const epochMs = 1000

interface Served {
  subscription: Subscription | undefined
  by: object
  connection: ServedConnection | undefined
}

type Outcome = Answer | { readonly is: 'silent' }

/**
 * The bus of several nodes. What this node holds it answers itself, without NATS. It serves from the first moment on, whether a server
 * is reached or not.
 */
export function createNatsBus({
  random,
  logger,
  timers = backgroundTimers,
  epochOf,
  keep = keepConnection,
  ...servers
}: NatsBusOptions): Bus {
  const own = createInProcessBus({ timers })
  const served = new Map<string, Served>()
  const waiting = new Map<string, (outcome: Outcome) => void>()
  const inbox = createInbox()
  let asked = 0
  const kept = keep({ ...servers, timers, random, logger, onFirst })

  function onFirst(connection: NatsConnection): void {
    connection.subscribe(`${inbox}.*`, { callback: (_error, reply) => settle(reply) })
    for (const [serial, one] of served) one.subscription = subscribe(connection, serial)
  }

  function subscribe(connection: NatsConnection, serial: string): Subscription {
    return connection.subscribe(subjectOf(serial), { callback: (_error, request) => void serveAsked(serial, request) })
  }

  async function serveAsked(serial: string, request: Msg): Promise<void> {
    const message = askedIn(request.data)
    if (message === undefined || message.serial !== serial || !request.reply) {
      logger.debug({ serial, bytes: request.data.length }, 'Something on the bus was not understood.')
      return
    }
    // The answer of another node is the one that counts.
    if (isReplaced(serial, message.epoch)) return
    const answer = await answerTo(message)
    try {
      request.respond(encoded(answer))
    } catch (error) {
      logger.error({ serial, err: error }, 'An answer could not be put on the bus.')
    }
  }

  /** Whether this node serves an earlier connection than the gateway has; then it ends. */
  function isReplaced(serial: string, epoch: number | undefined): boolean {
    const { connection } = served.get(serial) ?? {}
    const own = connection?.epoch()
    if (own === undefined || epoch === undefined || own >= epoch) return false
    connection?.replaced()
    return true
  }

  function epochSoon(serial: string, timeoutMs: number): Promise<number | undefined> {
    if (epochOf === undefined) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const cancel = timers.after(Math.min(epochMs, timeoutMs), () => resolve(undefined))
      epochOf(serial)
        .then(resolve, () => resolve(undefined))
        .finally(cancel)
    })
  }

  async function answerTo({ serial, message, timeoutMs }: Asked): Promise<Answer> {
    try {
      return { is: 'answer', message: await own.request(serial, message, timeoutMs) }
    } catch (error) {
      if (error instanceof NoReply) return { is: 'gone' }
      if (error instanceof NoResponder) return { is: 'nobody' }
      logger.error({ serial, err: error }, 'What another node asked of a gateway failed.')
      return { is: 'failed' }
    }
  }

  function settle({ subject, data, headers }: Msg): void {
    const settled = waiting.get(subject.slice(inbox.length + 1))
    if (settled === undefined) return
    // The server itself answers so when nobody subscribes.
    const answer = headers?.code === 503 && data.length === 0 ? ({ is: 'nobody' } as const) : answerIn(data)
    if (answer !== undefined) settled(answer)
  }

  function askOnce(connection: NatsConnection, message: Asked): Promise<Outcome> {
    const bytes = encoded(message)
    return new Promise((resolve, reject) => {
      const id = String(++asked)
      function settled(outcome: Outcome): void {
        cancel()
        waiting.delete(id)
        resolve(outcome)
      }
      const cancel = timers.after(message.timeoutMs, () => settled({ is: 'silent' }))
      waiting.set(id, settled)
      try {
        connection.publish(subjectOf(message.serial), bytes, { reply: `${inbox}.${id}` })
      } catch (error) {
        reject(error as Error)
        settled({ is: 'silent' })
      }
    })
  }

  async function request(serial: string, message: BusMessage, timeoutMs: number): Promise<BusMessage> {
    const began = timers.now()
    const epoch = await epochSoon(serial, timeoutMs)
    if (served.has(serial) && !isReplaced(serial, epoch)) {
      return own.request(serial, message, timeoutMs - (timers.now() - began))
    }
    for (;;) {
      const passed = timers.now() - began
      const connection = kept.current
      if (passed >= timeoutMs) throw new NoReply(`${serial} was not reached within ${timeoutMs} ms.`)
      // What is published without a connection is sent when there is one again, long after anybody waits for it.
      const outcome: Outcome =
        connection === undefined
          ? { is: 'silent' }
          : await askOnce(connection, { serial, message, epoch, timeoutMs: timeoutMs - passed })
      if (outcome.is === 'answer') return outcome.message
      if (outcome.is === 'failed') throw new Error(`The node that holds ${serial} could not do what it was asked.`)
      if (outcome.is === 'gone') throw new NoReply(`The connection of ${serial} ended before its answer.`)
      if (outcome.is === 'nobody' && timers.now() - began >= Math.min(patienceMs, timeoutMs)) {
        throw new NoResponder(`No node holds a connection of ${serial}.`)
      }
      const left = timeoutMs - (timers.now() - began)
      if (left > 0) await new Promise<void>((resolve) => timers.after(Math.min(againMs, left), resolve))
    }
  }

  return {
    request,
    serve(serial, handler, connection) {
      const stop = own.serve(serial, handler)
      const by = {}
      const one = served.get(serial)
      if (one === undefined) {
        const subscription = kept.connection && subscribe(kept.connection, serial)
        served.set(serial, { subscription, by, connection })
      } else Object.assign(one, { by, connection })
      return () => {
        stop()
        const present = served.get(serial)
        // A newer connection of the gateway goes on with the subscription.
        if (present?.by !== by) return
        served.delete(serial)
        present.subscription?.unsubscribe()
      }
    },
    isConnected: () => kept.current !== undefined,
    async close() {
      for (const settled of [...waiting.values()]) settled({ is: 'gone' })
      served.clear()
      await own.close()
      await kept.close()
    },
  }
}
