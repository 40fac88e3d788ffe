import { randomBytes } from 'node:crypto'
import { createMutex, type Random, systemTimers, type Timers, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Certification } from '../../connection-certification.ts'
import type { Disk } from '../../disk.ts'
import { type Charon, removeCharon, startCharon } from './charon.ts'
import { type Credentials, keepCredentials, type Leaf } from './credentials.ts'
import { createDefinitions } from './definition.ts'
import { findEsp } from './machine.ts'
import { createTunnels, type Tunnels } from './tunnels.ts'

/** The tunnels of this machine, carried by strongSwan (docs/network.md). */
export interface Ipsec {
  /**
   * Wants these tunnels and no others; undefined: none, and no daemon. Resolves when strongSwan has taken the change, or will
   * as soon as there is a certificate: it never waits for the server or a peer. The same again changes nothing.
   * @throws when strongSwan did not take it
   */
  apply(config: IpsecConfig | undefined): Promise<void>
  /** In the order of the configuration. */
  states(): readonly TunnelState[]
  /** Called when a tunnel has come up or gone down. */
  onChange(listener: () => void): void
  /** What this machine proves itself with to its peers, and may to others that trust the same authority; undefined: nothing yet. */
  credentials(): Leaf | undefined
  /** Called when there are other ones. */
  onCredentials(listener: () => void): void
  /** Ends all tunnels and the daemon. */
  close(): Promise<void>
}

export interface IpsecConfig {
  /** Of this machine: `tunnelIdentityOf`. */
  readonly identity: string
  /** The tunnel address. Whoever calls has put it on `lo` before, as a /32. */
  readonly address: string
  /** The local address that tunnels go out from. */
  readonly wan: string
  readonly tunnels: readonly Tunnel[]
}

export interface Tunnel {
  /** Unique among the tunnels, `[A-Za-z0-9-]{1,64}`: charon tells capitals apart. The same name with other values is a changed tunnel. */
  readonly name: string
  /** Of the peer. */
  readonly identity: string
  /** Where the peer is; absent: the peer comes to us. Of two peers exactly one has it of the other. */
  readonly endpoint?: string | undefined
  /** The tunnel address of the peer. */
  readonly address: string
}

export interface TunnelState {
  readonly name: string
  readonly isUp: boolean
  /** Milliseconds since 1970: when it came up, or went down; what was never up: when it was first wanted. */
  readonly since: number
}

/** Asks for a certificate for a public key (SPKI, DER); may take as long as the server is away. */
export type Certify = Certification['certify']

export interface IpsecOptions {
  /** A folder of its own, not on a disk (`/run/opensag/ipsec`): made when missing. */
  readonly folder: string
  readonly certify: Certify
  /** The data folder: keeps the certificate with its key, so that tunnels come up after a restart while the server is away. */
  readonly disk?: Disk | undefined
  /** What charon is run by, such as `nsenter` into a machine of a test; by default nothing. */
  readonly runBy?: readonly string[]
  readonly timers?: Timers
  readonly wallClock?: WallClock
  readonly random?: Random
  readonly logger: Logger
}

/**
 * Finds out what this machine has. The daemon runs only while tunnels are wanted. One that a process before this one has left
 * is taken over with its tunnels.
 * @throws when strongSwan is missing, with the command that installs it
 */
export async function openIpsec(options: IpsecOptions): Promise<Ipsec> {
  const { folder, certify, disk, logger, runBy = [] } = options
  const { timers = systemTimers, wallClock = Date.now, random = randomBytes } = options
  const esp = await findEsp()
  logger.info({ esp }, 'This machine can carry tunnels.')
  const exclusive = createMutex()
  const definitionsOf = createDefinitions()
  const listeners: (() => void)[] = []
  const leafListeners: (() => void)[] = []
  let running: Running | undefined
  let isClosed = false

  async function start(identity: string): Promise<Running> {
    const tunnels = createTunnels({
      connect: () => charon.connect(),
      onChange() {
        for (const listener of listeners) listener()
      },
      timers,
      wallClock,
      random,
      logger,
    })
    const charon = await startCharon({
      folder,
      esp,
      runBy,
      timers,
      logger,
      onConnected: (vici) => tunnels.connected(vici),
      onLost: () => tunnels.lost(),
    })
    const credentials = await keepCredentials({ identity, certify, disk, timers, wallClock, random, logger })
    credentials.onChange((leaf) => {
      tunnels.prove(leaf)
      for (const listener of leafListeners) listener()
    })
    return { identity, charon, credentials, tunnels }
  }

  async function stop(): Promise<void> {
    const stopped = running
    running = undefined
    if (stopped === undefined) return
    stopped.credentials.close()
    stopped.tunnels.close()
    await stopped.charon.close()
    for (const listener of listeners) listener()
  }

  async function apply(config: IpsecConfig | undefined): Promise<void> {
    if (isClosed) throw new Error('The tunnels are closed.')
    if (running !== undefined && running.identity !== config?.identity) await stop()
    if (config === undefined) {
      await removeCharon(folder, timers)
      return
    }
    running ??= await start(config.identity)
    if (isClosed) throw new Error('The tunnels are closed.')
    await running.tunnels.want(definitionsOf(config))
  }

  return {
    apply: (config) => exclusive(() => apply(config)),
    states: () => running?.tunnels.states() ?? [],
    onChange: (listener) => void listeners.push(listener),
    credentials: () => running?.credentials.current(),
    onCredentials: (listener) => void leafListeners.push(listener),
    close() {
      isClosed = true
      // A configuration that is being put in force is given up.
      running?.tunnels.close()
      return exclusive(stop)
    },
  }
}

interface Running {
  readonly identity: string
  readonly charon: Charon
  readonly credentials: Credentials
  readonly tunnels: Tunnels
}

/** Takes away what a process that is gone has left: its daemon and the folder. Nothing of it there is no error. */
export function removeIpsec(folder: string, timers: Timers = systemTimers): Promise<void> {
  return removeCharon(folder, timers)
}
