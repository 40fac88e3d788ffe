import type { Capability, FromGateway, Timers } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'

/** Tells the server something of a gateway, as long as there is a connection: at its beginning and after each change. */
export interface Teller {
  /** @param can what the server can do: one that does not know such a message would end the connection */
  online(link: Pick<GatewayLink, 'send'>, can: readonly Capability[]): void
  offline(): void
}

export interface TellerOptions {
  /** What the server needs to be able to. */
  readonly needs: Capability
  readonly source: { onChange(listener: () => void): void }
  /** All of it, as it is now. */
  readonly read: () => Promise<readonly FromGateway[]>
  /** What a connection begins with where nothing is told. */
  readonly untold: readonly FromGateway[]
  readonly timers: Timers
  /** It could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}

/** Of changes that come faster only the last is told. */
const changesMs = 1_000
const retryMs = 10_000

/** Reads once at a time, so that what is told last is the newest. The same again is not told. */
export function createTeller({ needs, source, read, untold, timers, problem }: TellerOptions): Teller {
  let link: Pick<GatewayLink, 'send'> | undefined
  let cancel = (): void => {}
  let readAt = Number.NEGATIVE_INFINITY
  let isReading = false
  let isDue = false
  let told = ''

  function later(milliseconds: number): void {
    cancel()
    if (link !== undefined) cancel = timers.after(milliseconds, () => void tell())
  }

  async function tell(): Promise<void> {
    const to = link
    isReading = true
    isDue = false
    readAt = timers.now()
    let hasFailed = false
    try {
      const messages = await read()
      // Another connection has a beginning of its own.
      if (to === link) send(messages)
    } catch (error) {
      hasFailed = true
      problem(error)
    }
    isReading = false
    if (isDue) soon()
    else if (hasFailed) later(retryMs)
  }

  function send(messages: readonly FromGateway[]): void {
    const text = JSON.stringify(messages)
    if (text === told) return
    told = text
    for (const message of messages) link?.send(message)
  }

  function soon(): void {
    if (isReading) isDue = true
    else later(Math.max(0, readAt + changesMs - timers.now()))
  }

  source.onChange(() => {
    if (link !== undefined) soon()
  })
  return {
    online(opened, can) {
      if (!can.includes(needs)) return
      link = opened
      told = JSON.stringify(untold)
      if (isReading) isDue = true
      else void tell()
    },
    offline() {
      link = undefined
      cancel()
    },
  }
}
