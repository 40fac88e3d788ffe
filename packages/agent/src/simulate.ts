import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pause, systemTimers } from '@opensag/protocol'
import { createMemoryDisk, type Disk } from './disk.ts'
import { openFileDisk } from './disk-file.ts'
import { lockFolder } from './folder-lock.ts'
import type { Gateway } from './gateway.ts'
import type { Rendered } from './network/gateway/rendered.ts'
import {
  createSimulatedGateway,
  type FleetContext,
  type GatewayDescription,
  loadSimulatedGateway,
  type SimulatedGateway,
} from './simulated-gateway.ts'

export interface FleetOptions extends Omit<FleetContext, 'consoleHost' | 'onState'> {
  /** Where their disks are; in memory when there is none. What is there already is part of the fleet. */
  readonly folder?: string | undefined
  readonly gateways?: readonly GatewayDescription[]
  /** Whether they serve local consoles, and at which address (127.0.0.1 unless said otherwise). */
  readonly consoles: boolean | { readonly host: string }
}

export interface ShownGateway {
  readonly serial: string
  readonly model: string
  readonly version: string
  readonly power: 'on' | 'off'
  /** The server counts it as connected. */
  readonly online: boolean
  /** Undefined while it has no power, or when the fleet has no consoles. */
  readonly localConsole: string | undefined
}

export interface SimulatedFleet {
  list(): readonly ShownGateway[]
  has(serial: string): boolean
  /** Builds a gateway and powers it on; one that is there already gets the new enrolment key instead. */
  add(gateway: GatewayDescription): Promise<void>
  power(serial: string, on: boolean): Promise<void>
  /**
   * A change made at its local console: `hostname`, `wanMode`, `dnsServers`.
   * @throws UnusableSettings, or when it has no power.
   */
  edit(serial: string, settings: Readonly<Record<string, string>>): Promise<void>
  /** Whether the machine with this address answers the probes of the gateway; all do at first. */
  setAnswers(serial: string, address: string, answers: boolean): Promise<void>
  /** It restarts with this firmware version. */
  setVersion(serial: string, version: string): Promise<void>
  /**
   * What a Linux machine in its place would be made of the configuration it holds.
   * @throws when it has no power.
   */
  rendered(serial: string): Promise<readonly Rendered[]>
  /** False where the button is disabled. */
  pressReset(serial: string, what: 'password' | 'everything'): Promise<boolean>
  /** Resolves as soon as every gateway that has power is online. */
  allOnline(): Promise<void>
  /** Ends the simulation; on disk everything is as it was. */
  close(): Promise<void>
}

const serialRule = /^[A-Za-z0-9-]{4,64}$/
/** Several thousand gateways must not come to the server in one instant; this many do every tenth of a second. */
const startedTogether = 50
const pauseMs = 100

/** Many gateways in one process, each the same program as a real one. */
export async function startSimulatedFleet(options: FleetOptions): Promise<SimulatedFleet> {
  const { folder, gateways = [], consoles, timers = systemTimers } = options
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = folder === undefined ? undefined : await lockFolder(folder)
  const fleet = new Map<string, SimulatedGateway>()
  const waiting = new Set<() => void>()
  const context: FleetContext = {
    ...options,
    timers,
    consoleHost: consoles === false ? undefined : consoles === true ? '127.0.0.1' : consoles.host,
    onState() {
      for (const look of waiting) look()
    },
  }

  async function diskOf(serial: string): Promise<Disk> {
    if (!serialRule.test(serial)) throw new TypeError('A serial number is 4 to 64 letters, digits and hyphens.')
    return folder === undefined ? createMemoryDisk() : openFileDisk(join(folder, serial))
  }

  async function create(description: GatewayDescription): Promise<SimulatedGateway> {
    const gateway = await createSimulatedGateway(await diskOf(description.serial), description, context)
    fleet.set(gateway.serial, gateway)
    return gateway
  }

  async function loadAll(from: string): Promise<void> {
    for (const name of await readdir(from)) {
      if (!serialRule.test(name)) continue
      const gateway = await loadSimulatedGateway(await diskOf(name), context)
      if (gateway !== undefined) fleet.set(gateway.serial, gateway)
    }
  }

  async function startAll(): Promise<void> {
    const all = [...fleet.values()]
    for (let i = 0; i < all.length; i += startedTogether) {
      if (i > 0) await pause(timers, pauseMs)
      await Promise.all(all.slice(i, i + startedTogether).map((gateway) => gateway.start()))
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...fleet.values()].map((gateway) => gateway.close()))
    await lock?.release()
  }

  function known(serial: string): SimulatedGateway {
    const gateway = fleet.get(serial)
    if (gateway === undefined) throw new Error(`There is no simulated gateway ${serial}.`)
    return gateway
  }

  function runningOne(serial: string): Gateway {
    const gateway = known(serial).running()
    if (gateway === undefined) throw new Error(`The gateway ${serial} has no power.`)
    return gateway
  }

  const isReady = (): boolean =>
    [...fleet.values()].every((gateway) => !gateway.powered() || gateway.running()?.connected() === true)

  try {
    if (folder !== undefined) await loadAll(folder)
    for (const gateway of gateways) if (!fleet.has(gateway.serial)) await create(gateway)
    await startAll()
  } catch (error) {
    await close()
    throw error
  }

  return {
    list: () => [...fleet.values()].map(shown),
    has: (serial) => fleet.has(serial),
    async add(description) {
      const there = fleet.get(description.serial)
      if (there === undefined) await (await create(description)).start()
      else if (description.enrolmentKey !== undefined) await there.setEnrolmentKey(description.enrolmentKey)
    },
    power: async (serial, on) => known(serial).power(on),
    edit: async (serial, settings) => known(serial).edit(settings),
    setAnswers: async (serial, address, answers) => known(serial).setAnswers(address, answers),
    setVersion: async (serial, version) => known(serial).setVersion(version),
    async rendered(serial) {
      const inForce = runningOne(serial).desiredConfig.inForce()
      // Most fleets are never asked.
      const { renderedGateway } = await import('./network.ts')
      return renderedGateway(serial, inForce?.config)
    },
    pressReset: async (serial, what) => runningOne(serial).pressReset(what),
    allOnline: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isReady()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close,
  }
}

function shown(gateway: SimulatedGateway): ShownGateway {
  const running = gateway.running()
  return {
    serial: gateway.serial,
    model: gateway.model,
    version: gateway.version(),
    power: gateway.powered() ? 'on' : 'off',
    online: running?.connected() ?? false,
    localConsole: running?.consoleUrl,
  }
}
