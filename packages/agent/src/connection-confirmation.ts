import { LinkEnded, ProtocolError, type Random, startGatewayHandshake, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { RefusedByServer } from './connection-ends.ts'
import type { Identity } from './connection-identity.ts'
import { createPause } from './connection-pause.ts'
import { afterFailure } from './connection-retry.ts'
import type { GatewayLink } from './connection-session.ts'
import type { OpenedLink } from './connection-socket.ts'
import type { DesiredConfig } from './desired-config.ts'

export interface ConfirmationContext {
  readonly serial: string
  readonly desiredConfig: DesiredConfig
  readonly timers: Timers
  readonly random: Random
  readonly logger: Logger
  /** Undefined before it has enrolled: the connection it makes then confirms as well. */
  identity(): Identity | undefined
  open(): OpenedLink
}

/** Seeks the server anew for as long as a configuration is on trial. */
export interface Confirmation {
  /** A trial has come into effect, or may have. `atOnce`: the server can be reached, as far as anybody knows. */
  seek(atOnce: boolean): void
  close(): Promise<void>
}

const patienceMs = 30_000

/**
 * Makes connections whose only purpose is to show that the server can be reached with what is on trial: the one that stood
 * before proves nothing, for it may live on where no new one comes through.
 */
export function createConfirmation(context: ConfirmationContext): Confirmation {
  const { desiredConfig, timers, random, logger, serial } = context
  let isClosed = false
  let running: Promise<void> | undefined
  let current: GatewayLink | undefined
  const pause = createPause(timers)

  async function run(atOnce: boolean): Promise<void> {
    let failures = 0
    if (!atOnce) await sleep(afterFailure(failures++, random))
    for (let trial = desiredConfig.trial(); trial !== 0 && !isClosed; trial = desiredConfig.trial()) {
      const identity = context.identity()
      const waitMs = identity?.serverKey() === undefined ? 0 : await attempt(identity, trial)
      if (waitMs === undefined) continue
      await sleep(waitMs === 0 ? afterFailure(failures++, random) : waitMs)
    }
  }

  /** Undefined: it is confirmed. Otherwise the time to wait before the next; 0: the usual one. */
  async function attempt(identity: Identity, trial: number): Promise<number | undefined> {
    const { link, comeBackMs } = context.open()
    current = link
    const cancelLimit = timers.after(patienceMs, () => link.end('The server did not answer in time.'))
    try {
      await confirmOver(link, identity, trial)
      return undefined
    } catch (error) {
      const isExpected =
        error instanceof LinkEnded || error instanceof ProtocolError || error instanceof RefusedByServer
      if (isExpected) logger.info({ serial, trial, reason: error.message }, 'A configuration is not confirmed yet.')
      else logger.error({ serial, trial, err: error }, 'A configuration could not be confirmed.')
      return comeBackMs() ?? 0
    } finally {
      cancelLimit()
      link.end('It has served its purpose.', 'gently')
      current = undefined
    }
  }

  async function confirmOver(link: GatewayLink, identity: Identity, trial: number): Promise<void> {
    const { signing, sealing } = identity
    const [serverKey, successor] = [identity.serverKey(), identity.successor()]
    const proof = { serial, signing, sealing, serverKey, successor, enrolmentKey: undefined, confirms: true }
    const handshake = startGatewayHandshake(await link.nextText(), proof, random)
    link.sendText(handshake.prove)
    const result = handshake.receive(await link.nextText())
    if (result.is === 'refused') throw new RefusedByServer(result.code, result.message)
    link.seal(result.frames)
    link.send({ kind: 'trial', trial })
    const answer = await link.next()
    if (answer.kind !== 'confirm') throw new ProtocolError(`Expected confirm, got ${answer.kind}.`)
    await desiredConfig.confirm(answer.trial, trial)
  }

  function sleep(milliseconds: number): Promise<void> {
    return isClosed ? Promise.resolve() : pause.for(milliseconds)
  }

  function seek(atOnce: boolean): void {
    if (isClosed || desiredConfig.trial() === 0) return
    if (running !== undefined) {
      if (atOnce) pause.end()
      return
    }
    running = run(atOnce).finally(() => {
      running = undefined
      // A trial may have begun while the last attempt was ending.
      seek(false)
    })
  }

  return {
    seek,
    async close() {
      isClosed = true
      current?.end('The gateway stops.')
      pause.end()
      await running
    },
  }
}
