import { z } from 'zod'
import type { System } from '../system.ts'

const queuesSchema = z.array(z.object({ parent: z.string().optional(), bytes: z.number().optional() }))

/**
 * What clients of one OpenVPN server have sent and received, in bytes of inner packets: what has passed the queues of their
 * shares. OpenVPN itself counts what encrypts them too, and the packets by which it asks whether a client is still there.
 */
export class ClientCounts {
  readonly #bySlot = new Map<number, number>()

  of(slot: number): number {
    return this.#bySlot.get(slot) ?? 0
  }

  /** Beside no change of the shares. @throws when an interface is gone; what was counted stays */
  async read(
    inside: Pick<System, 'tcJson'>,
    { tun, ifb }: { readonly tun: string; readonly ifb: string },
  ): Promise<void> {
    const both = await Promise.all([tun, ifb].map((device) => inside.tcJson('-s', 'qdisc', 'show', 'dev', device)))
    const found = new Map<number, number>()
    for (const { parent, bytes = 0 } of both.flatMap((answer) => queuesSchema.parse(answer))) {
      const [, slot] = /^1:([0-9a-f]+)$/.exec(parent ?? '') ?? []
      if (slot === undefined) continue
      const number = Number.parseInt(slot, 16)
      found.set(number, (found.get(number) ?? 0) + bytes)
    }
    for (const [slot, bytes] of found) this.#bySlot.set(slot, bytes)
  }

  /** Its share is removed, and the next one of the slot begins anew. */
  forget(slot: number): void {
    this.#bySlot.delete(slot)
  }
}
