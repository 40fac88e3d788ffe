import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node'
import { createInbox } from '@nats-io/transport-node'
import { backgroundTimers, pause, type Random, type Timers } from '@opensag/protocol'
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
  /** Whether some node has its connection, by the store. Without it no gateway is waited for that is between two nodes. */
  readonly isHeld?: (serial: string) => Promise<boolean>
  /** How it comes by its connection; tests give one that needs no network. */
  readonly keep?: (options: KeptConnectionOptions) => KeptConnection
}

/**
 * Nobody answers for so long after a server of NATS has died, although a node holds the gateway: its subscriptions come to another
 * server first. Whoever is asked only for gateways that are connected is asked again until then, and longer while the store says
 * that a node has the connection: that node is sending its gateways to others, or has died and they are coming by themselves.
 */
const patienceMs = 1000
const againMs = 250
/** So long a node hears what is still asked for a gateway that it has let go: what a server of NATS had sent it by then is lost otherwise. */
const lingerMs = 2000
/** So long at most the store is waited for: who holds a gateway is asked also while it is away. */
const storeMs = 1000

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
  isHeld,
  keep = keepConnection,
  ...servers
}: NatsBusOptions): Bus {
  const own = createInProcessBus({ timers })
  const served = new Map<string, Served>()
  /** Subscriptions of connections that have ended, with what they still say. */
  const lingering = new Map<Subscription, (request: Msg) => void>()
  const waiting = new Map<string, (outcome: Outcome) => void>()
  const inbox = createInbox()
  let asked = 0
  const kept = keep({ ...servers, timers, random, logger, onFirst })

  function onFirst(connection: NatsConnection): void {
    connection.subscribe(`${inbox}.*`, { callback: (_error, reply) => settle(reply) })
    for (const [serial, one] of served) one.subscription = subscribe(connection, serial)
  }

  function subscribe(connection: NatsConnection, serial: string): Subscription {
    const subscription = connection.subscribe(subjectOf(serial), {
      callback(_error, request) {
        const say = lingering.get(subscription)
        if (say === undefined) void serveAsked(serial, request)
        else say(request)
      },
    })
    return subscription
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

  /** Who asks in vain asks again, and reaches another node by then. Whoever knows of a later connection has asked that one already. */
  function linger(subscription: Subscription, serial: string, epoch: number): void {
    lingering.set(subscription, (request) => {
      const asked = askedIn(request.data)
      if (asked?.serial === serial && request.reply && (asked.epoch ?? epoch) <= epoch)
        request.respond(encoded({ is: 'nobody' }))
    })
    timers.after(lingerMs, () => {
      if (lingering.delete(subscription)) subscription.unsubscribe()
    })
  }

  /** Whether this node serves an earlier connection than the gateway has; then it ends. */
  function isReplaced(serial: string, epoch: number | undefined): boolean {
    const { connection } = served.get(serial) ?? {}
    const own = connection?.epoch()
    if (own === undefined || epoch === undefined || own >= epoch) return false
    connection?.replaced()
    return true
  }

  /** Undefined when the store does not answer soon. */
  function fromStore<T>(
    look: ((serial: string) => Promise<T>) | undefined,
    serial: string,
    timeoutMs: number,
  ): Promise<T | undefined> {
    if (look === undefined) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const cancel = timers.after(Math.min(storeMs, timeoutMs), () => resolve(undefined))
      look(serial)
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

  async function request(
    serial: string,
    message: BusMessage,
    timeoutMs: number,
    askedOnce = false,
  ): Promise<BusMessage> {
    const began = timers.now()
    const epoch = await fromStore(epochOf, serial, timeoutMs)
    const nobody = (): NoResponder => new NoResponder(`No node holds a connection of ${serial}.`)
    for (let last: Outcome | undefined; ; ) {
      const passed = timers.now() - began
      if (passed >= timeoutMs) {
        throw last?.is === 'nobody' ? nobody() : new NoReply(`${serial} was not reached within ${timeoutMs} ms.`)
      }
      // It may have come to this very node meanwhile.
      if (served.has(serial) && !isReplaced(serial, epoch)) {
        return own.request(serial, message, timeoutMs - passed)
      }
      const connection = kept.current
      // What is published without a connection is sent when there is one again, long after anybody waits for it.
      const outcome: Outcome =
        connection === undefined
          ? { is: 'silent' }
          : await askOnce(connection, { serial, message, epoch, timeoutMs: timeoutMs - passed })
      if (outcome.is === 'answer') return outcome.message
      if (outcome.is === 'failed') throw new Error(`The node that holds ${serial} could not do what it was asked.`)
      if (outcome.is === 'gone') throw new NoReply(`The connection of ${serial} ended before its answer.`)
      const left = timeoutMs - (timers.now() - began)
      if (outcome.is === 'nobody') {
        if (askedOnce) throw nobody()
        const isPatient = timeoutMs - left < patienceMs || (await fromStore(isHeld, serial, left)) === true
        if (!isPatient) throw nobody()
      }
      last = outcome
      if (left > 0) await pause(timers, Math.min(againMs, left))
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
        const epoch = connection?.epoch()
        if (present.subscription === undefined) return
        if (epoch === undefined) present.subscription.unsubscribe()
        else linger(present.subscription, serial, epoch)
      }
    },
    isConnected: () => kept.current !== undefined,
    async close() {
      for (const settled of [...waiting.values()]) settled({ is: 'gone' })
      served.clear()
      lingering.clear()
      await own.close()
      await kept.close()
    },
  }
}
