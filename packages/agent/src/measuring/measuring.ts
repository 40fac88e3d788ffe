import type { Askable, Capability, FromGateway, MonitorConfig } from '@opensag/protocol'
import type { GatewayLink } from '../connection-session.ts'
import type { DesiredConfig } from '../desired-config.ts'
import type { DiagnosisOptions } from '../diagnosis/checks.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import { measurePoints } from './quality.ts'

/** Measures what the server asks for, and what advanced monitoring asks for by itself, as long as there is a connection. */
export interface Measuring {
  /** @param can what the server can do: one that does not know such a message would end the connection */
  online(link: Pick<GatewayLink, 'send'>, can: readonly Capability[]): void
  offline(): void
  asked(message: Askable): void
  close(): void
}

export interface MeasuringOptions extends DiagnosisOptions {
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'status' | 'onTell'>
  /** Something could not be measured at all. */
  readonly problem: (error: unknown) => void
}

export function openMeasuring(options: MeasuringOptions): Measuring {
  const { desiredConfig, timers, problem } = options
  let link: Pick<GatewayLink, 'send'> | undefined
  let can: readonly Capability[] = []
  /** The diagnosis under way; one that is asked for meanwhile takes its name. */
  let diagnosis: string | undefined
  /** Addresses under way: one that is asked for again meanwhile is told once. */
  const underWay = new Set<string>()
  let cancel = (): void => {}
  let monitor: MonitorConfig | undefined

  /** The link of now, which may be another one than when it was asked for. */
  function send(needs: Capability, message: FromGateway): void {
    if (can.includes(needs)) link?.send(message)
  }

  async function measure(addresses: readonly string[]): Promise<void> {
    const fresh = [...new Set(addresses)].filter((address) => !underWay.has(address))
    if (fresh.length === 0 || !can.includes('monitor')) return
    for (const address of fresh) underWay.add(address)
    try {
      const points = await measurePoints(fresh, options)
      send('monitor', { kind: 'measured', points })
    } catch (error) {
      problem(error)
    }
    for (const address of fresh) underWay.delete(address)
  }

  async function diagnoseAs(id: string, addresses: readonly string[]): Promise<void> {
    if (!can.includes('diagnosis')) return
    const isUnderWay = diagnosis !== undefined
    diagnosis = id
    if (isUnderWay) return
    try {
      const found = await diagnose(id, addresses, options)
      send('diagnosis', { kind: 'diagnosed', ...found, id: diagnosis })
    } catch (error) {
      problem(error)
    }
    diagnosis = undefined
  }

  /** Its own points of presence, again and again. */
  function round(): void {
    cancel()
    if (monitor === undefined || !can.includes('monitor')) return
    const { pops = [] } = desiredConfig.inForce()?.config.network ?? {}
    void measure(pops.map(({ endpoint }) => endpoint))
    cancel = timers.after(monitor.qualityMs, round)
  }

  desiredConfig.onTell(() => {
    const next = desiredConfig.inForce()?.config.monitor
    const isSame = JSON.stringify(next) === JSON.stringify(monitor)
    monitor = next
    if (!isSame) round()
  })
  monitor = desiredConfig.inForce()?.config.monitor

  return {
    online(opened, both) {
      link = opened
      can = both
      round()
    },
    offline() {
      link = undefined
      can = []
      cancel()
    },
    asked: (message) =>
      void (message.kind === 'measure' ? measure(message.addresses) : diagnoseAs(message.id, message.addresses)),
    close: () => cancel(),
  }
}
