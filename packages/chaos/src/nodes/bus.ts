import { type BusMessage, NoReply, NoResponder } from '@opensag/server/simulation'
import type { AskOptions, AskOthers, NodeBus } from '../glue/bus.ts'
import type { Life } from '../glue/time.ts'
import type { Node } from '../glue/world.ts'

export interface OverBus extends Omit<AskOptions, 'others'> {
  readonly node: Node
  readonly others: () => readonly { readonly life: Life; readonly bus: NodeBus; readonly node: Node }[]
}

/** The servers of the bus itself: nothing here kills them. */
const itself: Life = { alive: true }

/**
 * Asks over one bus that all nodes share, as NATS is one. Every node that the bus knows to hold the gateway is asked, and
 * the first answer counts. "Nobody holds it" is the word of the bus, which it also says of a node whose way to it has
 * just come back. A message to a node that is cut off waits, or is lost by another event.
 */
export function askOverBus({ life, timers, others, post, node }: OverBus): AskOthers {
  const isCut = (): boolean => node.toBus === 'cut'

  return (serial, message, timeoutMs) =>
    new Promise<BusMessage>((resolve, reject) => {
      const cancel = timers.after(timeoutMs, () => reject(new NoReply(`${serial} did not answer in time.`)))
      function over(settle: () => void): () => void {
        return () => {
          cancel()
          settle()
        }
      }
      function atTheBus(): void {
        const holders = others().filter((other) => other.node.toBus !== 'unheard' && other.bus.holds(serial))
        if (holders.length === 0) {
          const settle = over(() => reject(new NoResponder(`No connection of ${serial}.`)))
          post({ to: life, about: 'nobody', isHeld: isCut, deliver: settle })
        }
        for (const holder of holders) {
          const deliver = (): void => atHolder(holder)
          const about = `${message['kind']} of ${serial} at ${holder.node.name}`
          post({ to: holder.life, about, isHeld: () => holder.node.toBus === 'cut', deliver })
        }
      }
      function atHolder(holder: ReturnType<OverBus['others']>[number]): void {
        // It has let go of the gateway meanwhile: nobody says so.
        if (!holder.bus.holds(serial)) return
        holder.bus.request(serial, message, timeoutMs).then(
          (answer) => {
            const isHeld = (): boolean => isCut() || holder.node.toBus === 'cut'
            post({ to: life, about: `answer of ${holder.node.name}`, isHeld, deliver: over(() => resolve(answer)) })
          },
          // Whatever it failed with: no answer comes of it.
          () => {},
        )
      }
      if (isCut()) post({ to: itself, about: `${message['kind']} of ${serial}`, isHeld: isCut, deliver: atTheBus })
      else atTheBus()
    })
}
