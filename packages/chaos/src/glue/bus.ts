import type { Timers } from '@opensag/protocol'
import { type Bus, type BusMessage, createInProcessBus, NoReply, NoResponder } from '@opensag/server/simulation'
import type { Life } from './time.ts'

/** What nodes send one another. */
export interface Mail {
  readonly to: Life
  readonly about: string
  /** It waits for now: what it has to go through is cut. */
  isHeld?(): boolean
  /** It is not lost and comes once: what a server of the bus does by itself. */
  readonly isSure?: boolean
  deliver(): void
}

/** The bus of one run of a node: what it holds itself it answers itself, everything else is asked of the others. */
export interface NodeBus extends Bus {
  holds(serial: string): boolean
}

export interface NodeBusOptions {
  readonly life: Life
  readonly timers: Timers
  /** The other nodes that run at the moment. */
  readonly others: () => readonly { readonly life: Life; readonly bus: NodeBus }[]
  readonly post: (mail: Mail) => void
}

export function createNodeBus({ life, timers, others, post }: NodeBusOptions): NodeBus {
  const own = createInProcessBus({ timers })
  const served = new Map<string, number>()

  function ask(serial: string, message: BusMessage, timeoutMs: number): Promise<BusMessage> {
    const asked = others()
    if (asked.length === 0) return Promise.reject(new NoResponder(`No connection of ${serial}.`))
    return new Promise((resolve, reject) => {
      let silent = asked.length
      const cancel = timers.after(timeoutMs, () => reject(new NoReply(`${serial} did not answer in time.`)))
      function reply(about: string, settle: () => void): void {
        post({ to: life, about, deliver: settle })
      }
      function nobody(): void {
        if (--silent > 0) return
        cancel()
        reject(new NoResponder(`No connection of ${serial}.`))
      }
      for (const other of asked) {
        post({
          to: other.life,
          about: `${message['kind']} of ${serial}`,
          deliver() {
            if (!other.bus.holds(serial)) {
              reply('nobody', nobody)
              return
            }
            other.bus.request(serial, message, timeoutMs).then(
              (answer) =>
                reply('answer', () => {
                  cancel()
                  resolve(answer)
                }),
              (error: unknown) => {
                if (error instanceof NoResponder) reply('nobody', nobody)
                else if (!(error instanceof NoReply)) throw error
              },
            )
          },
        })
      }
    })
  }

  return {
    holds: (serial) => served.has(serial),
    request: (serial, message, timeoutMs) =>
      served.has(serial) ? own.request(serial, message, timeoutMs) : ask(serial, message, timeoutMs),
    serve(serial, handler) {
      const stop = own.serve(serial, handler)
      served.set(serial, (served.get(serial) ?? 0) + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        const left = (served.get(serial) ?? 1) - 1
        if (left === 0) served.delete(serial)
        else served.set(serial, left)
        stop()
      }
    },
    close: () => own.close(),
  }
}
