import { createMutex, type DpiReport, Secret, systemTimers, type WireConfig } from '@opensag/protocol'
import { recognisedBy } from '@opensag/rules'
import { z } from 'zod'
import { openBoxSecrets, unopenedSecret } from './box/box-secrets.ts'
import type { BoxState } from './box/box-state.ts'
import { refusedSecrets } from './box/refused-secrets.ts'
import { hasSimulatedBox, type SimulatedBox, simulatedBox, simulatedLanPort } from './box/simulated-box.ts'
import { simulatedRoutes } from './box/simulated-routes.ts'
import { losesKey } from './box/simulated-routing.ts'
import type { RouteState } from './connection-routes.ts'
import type { Disk } from './disk.ts'
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts'
import { parseLocalChanges } from './local-configuration.ts'
import { ownAddresses, simulatedProber } from './probes/simulated-prober.ts'
import { noHealth } from './route-distribution.ts'
import { keepLines } from './tools/kept-lines.ts'
import { simulatedTools } from './tools/simulated-tools.ts'
import type { Vault } from './vault.ts'
import { createFileVault } from './vault-file.ts'

const file = 'simulated.json'
const contentSchema = z.strictObject({
  serial: z.string(),
  model: z.string(),
  version: z.string(),
  resettable: z.boolean(),
  power: z.boolean(),
  /** A key for one use, kept where a gateway keeps its own keys. */
  enrolmentKey: z.string().optional(),
  /** Addresses that do not answer its probes. */
  silent: z.array(z.string()).optional(),
})

/** From its connection's end until it runs again, milliseconds. */
const restartMs = 300

const wanTypes = { dhcp: 'DHCP', static: 'STATIC', pppoe: 'PPPOE' } as const

type Content = Readonly<z.infer<typeof contentSchema>>

export interface GatewayDescription {
  readonly serial: string
  readonly model: string
  /** Firmware version, four parts. */
  readonly version: string
  readonly enrolmentKey?: Secret | undefined
  /** D: whether the physical reset button works; it does unless it is said not to. */
  readonly resettable?: boolean | undefined
}

/** What all gateways of a fleet share. */
export interface FleetContext
  extends Pick<GatewayOptions, 'serverUrl' | 'ca' | 'logger' | 'wallClock' | 'timers' | 'random'> {
  /** The address of their local consoles; undefined when they have none. */
  readonly consoleHost: string | undefined
  /** The connection of one of them has changed. */
  readonly onState: () => void
  /** What one of them really runs with: a disk that fills up, a vault that hangs. */
  readonly parts?: ((serial: string, parts: GatewayParts) => GatewayParts) | undefined
}

export interface GatewayParts {
  readonly disk: Disk
  readonly vault: Vault
}

/** A box that does not exist: the program of a real one, with a plug that can be pulled. */
export interface SimulatedGateway {
  readonly serial: string
  readonly model: string
  version(): string
  powered(): boolean
  /** Undefined while its power is off. */
  running(): Gateway | undefined
  /** Starts it, if its power is on. */
  start(): Promise<void>
  /** Off cuts its connection and closes its console; its disk stays, and it stays off over a restart of the simulation. */
  power(on: boolean): Promise<void>
  /**
   * As a person at its console does; values as they are written there.
   * @throws UnusableSettings, or when its power is off.
   */
  edit(settings: Readonly<Record<string, string>>): Promise<void>
  /** Whether the machine with this address answers its probes; all do at first. */
  setAnswers(address: string, answers: boolean): Promise<void>
  /** It restarts with this firmware. */
  setVersion(version: string): Promise<void>
  /** It restarts with this key. */
  setEnrolmentKey(key: Secret): Promise<void>
  /** Ends the simulation of it, as it is. */
  close(): Promise<void>
}

/** A new box: everything on its disk is as the factory left it. */
export async function createSimulatedGateway(
  disk: Disk,
  { serial, model, version, enrolmentKey, resettable = true }: GatewayDescription,
  context: FleetContext,
): Promise<SimulatedGateway> {
  const key = enrolmentKey === undefined ? {} : { enrolmentKey: enrolmentKey.reveal() }
  const content: Content = { serial, model, version, resettable, power: true, ...key }
  await write(disk, content)
  return simulatedGateway(disk, content, context)
}

/** The box whose disk this is; undefined when it is no disk of one. */
export async function loadSimulatedGateway(disk: Disk, context: FleetContext): Promise<SimulatedGateway | undefined> {
  const text = await disk.read(file)
  return text === undefined ? undefined : simulatedGateway(disk, contentSchema.parse(JSON.parse(text)), context)
}

async function write(disk: Disk, content: Content): Promise<void> {
  await disk.write(file, `${JSON.stringify(content)}\n`)
}

function simulatedGateway(disk: Disk, initial: Content, context: FleetContext): SimulatedGateway {
  const exclusive = createMutex()
  const { timers = systemTimers } = context
  const sound: GatewayParts = { disk, vault: createFileVault({ disk }) }
  const parts = context.parts?.(initial.serial, sound) ?? sound
  let content = initial
  let gateway: Gateway | undefined
  /** In force at the system of the box, which is nothing but this. */
  let held: WireConfig | undefined
  let health = noHealth
  let routesChanged = (): void => {}
  /** Its console keeps its address from one start to the next. */
  let port = 0
  let cancelRestart = (): void => {}

  async function start(): Promise<void> {
    if (gateway !== undefined || !content.power) return
    const { enrolmentKey } = content
    const { logger, lines } = keepLines(context.logger, context.wallClock)
    const lanPort = simulatedLanPort(content.model)
    const prober = simulatedProber({
      ...{ config: () => held, lanPort },
      isSilent: (address) => content.silent?.includes(address) === true,
    })
    gateway = await startWithConsole({
      ...content,
      ...{ ...context, logger },
      ...parts,
      enrolmentKey: enrolmentKey === undefined ? undefined : Secret.of(enrolmentKey),
      serviceIp: context.consoleHost ?? '127.0.0.1',
      dpi: simulatedEngine(content.model),
      box: hasSimulatedBox(content.model) ? box(content) : undefined,
      routes: hasSimulatedBox(content.model) ? routes(content) : undefined,
      followHealth(statuses) {
        health = statuses
        routesChanged()
      },
      applyConfig: async (marked) => {
        held = marked?.config
        routesChanged()
      },
      prober,
      tools: simulatedTools({
        prober,
        lanAddress: () => ownAddresses(held, lanPort)[0],
        routes: hasSimulatedBox(content.model) ? () => simulatedRoutes(boxWith(content, held), health) : undefined,
        log: lines,
      }),
      restart: (version) => () => restart(version),
    })
    port = gateway.consolePort ?? 0
  }

  /** Its console says what its line is. */
  function boxWith({ serial, model }: Content, config: WireConfig | undefined): SimulatedBox {
    const { wanMode = 'dhcp', dnsServers = [] } = gateway?.settings.current() ?? {}
    return { serial, model, wanType: wanTypes[wanMode], dnsServers, config }
  }

  function box(of: Content): BoxState {
    return {
      async read(config) {
        const secrets = openBoxSecrets({ disk: parts.disk, serial: of.serial })
        const isKeyLost = await losesKey(config, secrets)
        const ospf = isKeyLost ? [{ section: 'ospf' as const, reason: unopenedSecret }] : []
        const refused = [...(await refusedSecrets(config?.box, secrets)), ...ospf]
        return simulatedBox({ ...boxWith(of, config), refused })
      },
      onChange() {},
    }
  }

  function routes(of: Content): RouteState {
    return {
      read: async () => simulatedRoutes(boxWith(of, held), health),
      onChange(listener) {
        routesChanged = listener
      },
    }
  }

  async function startWithConsole(options: GatewayOptions): Promise<Gateway> {
    const { consoleHost } = context
    if (consoleHost === undefined) return startGateway(options)
    try {
      return await startGateway({ ...options, console: { host: consoleHost, port, firstVisit: 'open' } })
    } catch (error) {
      if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      context.logger.warn(
        { serial: content.serial, port },
        'The local console has to move: its port was taken meanwhile',
      )
      return startGateway({ ...options, console: { host: consoleHost, port: 0, firstVisit: 'open' } })
    }
  }

  async function stop(): Promise<void> {
    const running = gateway
    gateway = undefined
    await running?.stop()
  }

  /** Its console closes and it is gone, until a moment later it runs again. */
  function restart(version: string | undefined): void {
    exclusive(async () => {
      if (version !== undefined) await become({ version })
      await stop()
      cancelRestart = timers.after(restartMs, () => {
        exclusive(start).catch(failed)
      })
    }).catch(failed)
  }

  function failed(error: unknown): void {
    context.logger.error({ serial: content.serial, err: error }, 'A simulated gateway could not restart.')
  }

  async function become(part: Partial<Content>): Promise<void> {
    const next = { ...content, ...part }
    await write(disk, next)
    content = next
  }

  function change(part: Partial<Content>): Promise<void> {
    return exclusive(async () => {
      await become(part)
      await stop()
      await start()
    })
  }

  return {
    serial: content.serial,
    model: content.model,
    version: () => content.version,
    powered: () => content.power,
    running: () => gateway,
    start: () => exclusive(start),
    power: async (on) => (on === content.power ? undefined : change({ power: on })),
    setAnswers: (address, answers) =>
      exclusive(async () => {
        const others = (content.silent ?? []).filter((one) => one !== address)
        await become({ silent: answers ? others : [...others, address] })
      }),
    setVersion: (version) => change({ version }),
    setEnrolmentKey: (key) => change({ enrolmentKey: key.reveal() }),
    edit: (settings) =>
      exclusive(async () => {
        if (gateway === undefined) throw new Error(`The gateway ${content.serial} has no power.`)
        await gateway.settings.edit(parseLocalChanges(Object.entries(settings)))
      }),
    close: () =>
      exclusive(async () => {
        await stop()
        cancelRestart()
      }),
  }
}

/** The small box has none (C). */
function simulatedEngine(model: string): DpiReport | undefined {
  return model === 'sag-100wm' ? undefined : { engine: recognisedBy.version }
}
