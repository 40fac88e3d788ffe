import type { NetworkReport, Timers } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'
import type { DesiredConfig } from './desired-config.ts'
import type { Heartbeats } from './heartbeats.ts'

/** What the network of a gateway is like now. */
export interface NetworkState {
  read(): Promise<NetworkReport>
  /** A tunnel has come up or gone down, or its branch is another one. */
  onChange(listener: () => void): void
}

/** Tells the server, as long as there is a connection: at its beginning, after each change, and now and then. */
export interface NetworkReporting {
  /** `heartbeats`: those of the connection, told with the rest. */
  online(link: Pick<GatewayLink, 'send'>, heartbeats?: Pick<Heartbeats, 'counted'>): void
  offline(): void
}

/** Counters are that old at most, where advanced monitoring does not say how old. */
const everyMs = 60_000
/** Of changes that come faster only the last is told. */
const changesMs = 1_000

export function createNetworkReporting({
  state,
  desiredConfig,
  timers,
  problem,
}: {
  readonly state: NetworkState
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'onTell'>
  readonly timers: Timers
  /** It could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}): NetworkReporting {
  let link: Pick<GatewayLink, 'send'> | undefined
  let heartbeats: Pick<Heartbeats, 'counted'> | undefined
  let cancel = (): void => {}
  let isReading = false
  let isDue = false
  let toldAt = Number.NEGATIVE_INFINITY

  const monitor = () => desiredConfig.inForce()?.config.monitor

  function later(milliseconds: number): void {
    cancel()
    cancel = link === undefined ? () => {} : timers.after(milliseconds, () => void tell())
  }

  async function tell(): Promise<void> {
    if (isReading) {
      isDue = true
      return
    }
    isReading = true
    isDue = false
    toldAt = timers.now()
    try {
      const network = await state.read()
      const counted = heartbeats?.counted()
      link?.send({ kind: 'network', network: counted === undefined ? network : { ...network, heartbeats: counted } })
    } catch (error) {
      problem(error)
    }
    isReading = false
    later(isDue ? changesMs : (monitor()?.countersMs ?? everyMs))
  }

  function changed(): void {
    if (isReading) isDue = true
    else later(Math.max(0, toldAt + changesMs - timers.now()))
  }

  let before = monitor()
  state.onChange(changed)
  desiredConfig.onTell(() => {
    const now = monitor()
    // The next one may be near now, and was a minute away.
    if (now?.countersMs !== before?.countersMs) changed()
    before = now
  })
  return {
    online(opened, own) {
      link = opened
      heartbeats = own
      void tell()
    },
    offline() {
      link = undefined
      cancel()
    },
  }
}
