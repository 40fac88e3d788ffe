import { backgroundTimers, type Timers } from '@opensag/protocol'
import { type Bus, type BusMessage, NoReply, NoResponder } from './bus.ts'

interface Served {
  readonly handler: (message: BusMessage, timeoutMs: number) => Promise<BusMessage>
  /** One per request under way: ends it without an answer. Most gateways are asked nothing most of the time. */
  abandon: Set<() => void> | undefined
}

/** The bus of a deployment of one node: every gateway's connection is held in this process. */
export function createInProcessBus({ timers = backgroundTimers }: { readonly timers?: Timers } = {}): Bus {
  const bySerial = new Map<string, Served>()

  function end(served: Served): void {
    for (const abandon of [...(served.abandon ?? [])]) abandon()
  }

  async function request(serial: string, message: BusMessage, timeoutMs: number): Promise<BusMessage> {
    const served = bySerial.get(serial)
    if (served === undefined) throw new NoResponder(`No connection of ${serial}.`)
    return new Promise((resolve, reject) => {
      function settle(): void {
        cancel()
        served?.abandon?.delete(abandon)
        if (served?.abandon?.size === 0) served.abandon = undefined
      }
      function abandon(): void {
        settle()
        reject(new NoReply(`The connection of ${serial} ended before its answer.`))
      }
      const cancel = timers.after(timeoutMs, () => {
        settle()
        reject(new NoReply(`${serial} did not answer within ${timeoutMs} ms.`))
      })
      served.abandon ??= new Set()
      served.abandon.add(abandon)
      answer(served, message, timeoutMs).then(resolve, reject).finally(settle)
    })
  }

  return {
    request,
    serve(serial, handler) {
      const served: Served = { handler, abandon: undefined }
      const replaced = bySerial.get(serial)
      bySerial.set(serial, served)
      if (replaced !== undefined) end(replaced)
      return () => {
        if (bySerial.get(serial) === served) bySerial.delete(serial)
        end(served)
      }
    },
    async close() {
      const all = [...bySerial.values()]
      bySerial.clear()
      for (const served of all) end(served)
    },
  }
}

/** A handler that throws before its first await is one that fails. */
async function answer(served: Served, message: BusMessage, timeoutMs: number): Promise<BusMessage> {
  return served.handler(message, timeoutMs)
}
