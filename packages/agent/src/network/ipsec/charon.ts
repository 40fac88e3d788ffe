import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Command, runBy } from '../../run-command.ts'
import { endLeftOver, startDaemon } from '../daemon.ts'
import { charonProgram, chrtProgram } from './machine.ts'
import { strongswanConf } from './strongswan-conf.ts'
import { connectVici, type Vici } from './vici.ts'

/** The daemon of strongSwan, kept running, with a connection to it. */
export interface Charon {
  /** Another connection to it, for what takes its time. @throws when it does not listen */
  connect(): Promise<Vici>
  close(): Promise<void>
}

export interface CharonOptions {
  readonly folder: string
  readonly esp: 'kernel' | 'user-space'
  /** What it is run by, such as `nsenter` into a machine of a test. */
  readonly runBy: readonly string[]
  readonly timers: Timers
  readonly logger: Logger
  /** There is a connection. Nothing is known of what charon holds: it may be new, or that of a process before this one. */
  onConnected(vici: Vici): void
  /** The connection has ended, and with it perhaps charon. */
  onLost(): void
}

const name = 'charon'
/** It answers within milliseconds; one that does not has hung. */
const answerMs = 60_000
const connectAgainMs = 50
/** So long it may take from its start until it listens. */
const listensMs = 30_000

/** Goes on with the charon that a process before this one has left running, if it is of the same kind. */
export async function startCharon(options: CharonOptions): Promise<Charon> {
  const { folder, esp, timers, logger } = options
  const socket = join(folder, 'charon.vici')
  const conf = join(folder, 'strongswan.conf')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(conf, strongswanConf(esp, socket), { mode: 0o600 })
  const daemon = await startDaemon({
    name,
    command: runBy(options.runBy, scheduled(esp, ['env', `STRONGSWAN_CONF=${conf}`, charonProgram])),
    folder,
    leftOver: 'adopt',
    timers,
    logger,
  })
  let isClosed = false
  let vici: Vici | undefined
  let cancelAgain = (): void => {}

  function restart(why: string): void {
    logger.error({ daemon: name, why }, 'strongSwan is started anew.')
    daemon.restart().catch((err: unknown) => logger.error({ daemon: name, err }, 'strongSwan could not be ended.'))
  }

  function look(since: number): void {
    if (isClosed || !daemon.isRunning || vici !== undefined) return
    connectVici(socket, timers, answerMs).then(taken, () => {
      if (isClosed || !daemon.isRunning) return
      if (timers.now() - since > listensMs) restart('It does not listen.')
      else cancelAgain = timers.after(connectAgainMs, () => look(since))
    })
  }

  function taken(connected: Vici): void {
    if (isClosed || vici !== undefined) {
      connected.close()
      return
    }
    vici = connected
    connected.onEnd((how) => {
      vici = undefined
      options.onLost()
      if (isClosed || !daemon.isRunning) return
      if (how === 'silent') restart('It does not answer.')
      else cancelAgain = timers.after(connectAgainMs, () => look(timers.now()))
    })
    options.onConnected(connected)
  }

  daemon.onStarted(() => look(timers.now()))
  daemon.onEnded(() => vici?.close())
  look(timers.now())

  return {
    connect: () => connectVici(socket, timers, answerMs),
    async close() {
      isClosed = true
      cancelAgain()
      vici?.close()
      await daemon.close()
    },
  }
}

/**
 * Where charon encrypts itself, each packet passes three of its threads. In the usual class of the kernel each of them takes the
 * processor from the one that woke it, for one packet at a time; in this class it waits, and finds several: a tunnel carries a third more.
 */
function scheduled(esp: CharonOptions['esp'], command: Command): Command {
  return esp === 'user-space' ? [chrtProgram, '--batch', '0', ...command] : command
}

/** Ends what a process that is gone has left running, and removes its folder. */
export async function removeCharon(folder: string, timers: Timers): Promise<void> {
  await endLeftOver(name, folder, timers)
  await rm(folder, { recursive: true, force: true })
}
