import type { KeptConnection, NatsConnection } from '@opensag/server/simulation'
import type { Mail } from '../glue/bus.ts'
import type { Life } from '../glue/time.ts'
import type { Node, World } from '../glue/world.ts'
import { isCutFromBus } from './reach.ts'

type Received = Parameters<NonNullable<NonNullable<Parameters<NatsConnection['subscribe']>[1]>['callback']>>[1]

/** What one run of a node has subscribed. */
interface Subscribed {
  readonly life: Life
  readonly node: Node
  readonly subject: string
  readonly callback: (error: null, message: Received) => void
}

/** The servers of NATS, which know who subscribes what. They do not die here: ways to them do. */
export interface Nats {
  /** For one run of a node. */
  connectionOf(life: Life, node: Node): KeptConnection & { readonly connection: NatsConnection }
}

const nothing = Buffer.alloc(0)

/**
 * Plain NATS, as the bus of the server uses it: whoever subscribes gets a message once at most, and who asks what nobody
 * subscribes is told so. A message waits where a way is cut and nobody has noticed it yet; after a way has come back, the
 * subscriptions of its node are not known for a moment.
 */
export function createNats(world: World): Nats {
  let subscribed: Subscribed[] = []

  function post(to: Subscribed, from: Node, message: Omit<Received, 'respond'> & { readonly reply?: string }): void {
    const about = `${message.reply === undefined ? 'an answer' : 'a question'} from ${from.name} to ${to.node.name}`
    const respond = (data?: Uint8Array): boolean => {
      if (message.reply !== undefined) publish(to.node, message.reply, data ?? nothing)
      return message.reply !== undefined
    }
    const mail: Mail = {
      to: to.life,
      about,
      isHeld: () => isCutFromBus(to.node) || isCutFromBus(from),
      deliver: () => {
        if (subscribed.includes(to)) to.callback(null, { ...message, respond } as Received)
      },
    }
    world.mails.push(mail)
  }

  function publish(from: Node, subject: string, data: Uint8Array, reply?: string): void {
    subscribed = subscribed.filter(({ life }) => life.alive)
    const found = subscribed.filter((one) => one.node.toBus !== 'unheard' && isFor(one.subject, subject))
    for (const one of found) post(one, from, { subject, data, ...(reply === undefined ? {} : { reply }) } as Received)
    if (found.length > 0 || reply === undefined) return
    const asker = subscribed.find((one) => isFor(one.subject, reply))
    const nobody = { subject: reply, data: nothing, headers: { code: 503 } } as unknown as Received
    if (asker !== undefined) post(asker, from, nobody)
  }

  return {
    connectionOf(life, node) {
      const connection = {
        subscribe(subject: string, { callback }: Pick<Subscribed, 'callback'>) {
          const one = { life, node, subject, callback }
          subscribed.push(one)
          return {
            unsubscribe() {
              subscribed = subscribed.filter((other) => other !== one)
            },
          }
        },
        publish(subject: string, data: Uint8Array, { reply }: { readonly reply?: string } = {}) {
          publish(node, subject, data, reply)
        },
      } as unknown as NatsConnection
      return {
        connection,
        get current() {
          return node.toBus === 'cut' ? undefined : connection
        },
        close: async () => {},
      }
    },
  }
}

function isFor(pattern: string, subject: string): boolean {
  return pattern.endsWith('.*') ? subject.startsWith(pattern.slice(0, -1)) : pattern === subject
}
