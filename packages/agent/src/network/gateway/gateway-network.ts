import { join } from 'node:path'
import { createMutex, type Timers, type WireConfig } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { BoxSecrets } from '../../box/box-secrets.ts'
import { openRoutingKey } from '../../box/routing-key.ts'
import { followsHealth, noHealth } from '../../route-distribution.ts'
import { openApplications } from '../applications/applications.ts'
import type { Engine } from '../applications/engine.ts'
import { type Queue, renderBandwidth } from '../bandwidth.ts'
import { openBird } from '../bird.ts'
import { BirdRefusal } from '../bird-client.ts'
import { openFlowLog } from '../flow-log/flow-log.ts'
import type { Ipsec } from '../ipsec/ipsec.ts'
import { branchTable, ownedTable } from '../marks.ts'
import { hasOwnTable } from '../own-table.ts'
import type { System } from '../system.ts'
import { wanAddress, wanMtu } from '../wan.ts'
import { openMachineBox } from './box-state.ts'
import { forgetTranslations } from './conntrack.ts'
import { dhcpFile, leasesFile, openDhcp } from './dhcp.ts'
import { kernelLock, renderAsked, renderLock } from './kernel-lock.ts'
import { difference, wantedState } from './kernel-state.ts'
import { portsUp } from './leased-plan.ts'
import { openMachineRoutes } from './machine-routes.ts'
import type { GatewayNetwork } from './network-parts.ts'
import { machineAddresses, observe, shapeOf } from './observe.ts'
import { openPair } from './pair.ts'
import { type GatewayPlan, planGateway } from './plan.ts'
import { gatewayProber } from './prober.ts'
import { renderBird } from './render-bird.ts'
import { renderDnsmasq } from './render-dnsmasq.ts'
import { renderNftables } from './render-nftables.ts'
import { networkStateOf } from './report.ts'
import { learntServers } from './resolvers.ts'
import { openRoutingState } from './routing-state.ts'
import type { GatewaySetup } from './setup.ts'
import { networkStatus } from './status.ts'
import { machineSurvey } from './survey.ts'
import { setSwitches } from './switches.ts'
import { machineTools } from './tool-box.ts'
import { limitState, renderLimit } from './wan-limit.ts'
import { wantedTunnels } from './wanted-tunnels.ts'

export interface GatewayNetworkOptions {
  readonly serial: string
  readonly setup: GatewaySetup
  /** It exists, only the owner can write to it, this process holds it, and it is not on a disk. */
  readonly folder: string
  readonly system: System
  readonly queue: Queue
  /** What recognises applications on this machine; undefined: nothing. */
  readonly engine: Engine | undefined
  /** Packets on a leased line can have a tag. */
  readonly hasTags: boolean
  readonly consolePort: number | undefined
  /** Where the machine has the DNS servers of its line; the first that is there counts. */
  readonly resolverFiles: readonly string[]
  /** Those of its configuration. */
  readonly secrets: BoxSecrets
  readonly ipsec: Pick<Ipsec, 'apply' | 'close' | 'states' | 'onChange'>
  readonly timers: Timers
  readonly logger: Logger
}

/** How often it looks for another address of the WAN, and how often at everything. */
const lookEveryMs = 2_000
const healEveryMs = 60_000

/**
 * Closes what could leak, and goes on with what a process before this one has left.
 * @throws when the machine does not take the tables
 */
export async function openGatewayNetwork(options: GatewayNetworkOptions): Promise<GatewayNetwork> {
  const { serial, setup, folder, system, ipsec, secrets, timers, logger } = options
  const exclusive = createMutex()
  const bird = openBird({ name: 'bird', folder, system, timers, logger })
  const routing = openRoutingState({ setup, show: bird.show })
  const dhcp = openDhcp({ folder, system, timers, logger })
  const recording = { serial, system, timers, wallClock: Date.now, logger }
  const flowLog = openFlowLog({ ...recording, file: join(folder, 'flow-records.jsonl') })
  const applications = openApplications({ ...recording, folder, engine: options.engine })
  // Before anything else: until the offline lock has said so nothing is forwarded.
  await system.nft(renderLock(setup))

  const pair = openPair({ folder, system, canCarry, timers, wallClock: Date.now, logger })
  ipsec.onChange(() => pair.look())
  let config: WireConfig | undefined
  let instanceId = ''
  let hasConfig = false
  let last: { readonly plan: GatewayPlan; readonly wan: string | undefined; readonly learntDns: string } | undefined
  let table: string | undefined
  let hasBird = false
  let health = noHealth
  let healedAt = timers.now()
  let cancelLook = (): void => {}
  let isClosed = false

  /** What the other gateway of its branch could do instead. */
  function canCarry(): boolean {
    return config?.network === undefined || ipsec.states().some(({ isUp }) => isUp)
  }

  /** Guards first, tunnels before the routes through them. */
  async function put(): Promise<void> {
    const learntDns = await learntServers(options.resolverFiles)
    const plan = planGateway(setup, config, {
      wanMtu: await wanMtu(system, setup.wan),
      wanAddresses: await machineAddresses(system, setup.wan),
      hasTags: options.hasTags,
      consolePort: options.consolePort,
      learntDns,
      health,
    })
    const wan = plan.line.address?.ip ?? (await wanAddress(system, setup.wan))
    const { network } = plan
    // Until it has worked there is nothing to compare with.
    const before = last
    last = undefined
    await putTable(renderNftables(plan))
    if ((plan.dns ?? before?.plan.dns) !== undefined) await system.nft(renderLock(setup) + renderAsked(plan))
    await pair.leave(plan)
    await forgetTranslations(system, before && { ...before.plan, wan: before.wan }, { ...plan, wan })
    const addresses = renderDnsmasq(plan, leasesFile(folder))
    // It asks for an address before it gives it: once that has no way to the branch any more it would ask the Internet.
    await dhcp.endUnless(addresses)
    await system.ip([...portsUp(setup.lan, plan.leased), ...difference(await observe(system), wantedState(plan))])
    const limited = await limitState(system, setup.wan)
    await system.tc(renderLimit(setup.wan, plan.line.megabits, options.queue, limited))
    await setSwitches(system, folder, plan)
    await putTunnels(plan, wan)
    for (const { name } of plan.links) {
      const { shape, held } = await shapeOf(system, name)
      const division = { classes: plan.classes, held }
      await system.tc(renderBandwidth(name, network?.bandwidth ?? 0, options.queue, shape, division))
    }
    await putRouting(plan)
    await (addresses === undefined ? dhcp.remove() : dhcp.configure(addresses))
    await pair.join(plan)
    await recordFlows(plan)
    last = { plan, wan, learntDns: learntDns.join() }
    healedAt = timers.now()
  }

  async function recordFlows(plan: GatewayPlan): Promise<void> {
    const instance = instanceId
    await flowLog.set(plan.flowLog && { ...plan.flowLog, instance })
    await applications.set(plan.dpi && { dpi: plan.dpi, lan: plan.lan, sets: plan.applicationSets, instance })
  }

  /** Replacing it sets its counters to nothing, and they tell of leaks. */
  async function putTable(script: string): Promise<void> {
    if (script === table && (await hasOwnTable(system))) return
    table = undefined
    await system.nft(script)
    table = script
    applications.forgetSets()
  }

  async function putRouting(plan: GatewayPlan): Promise<void> {
    const { key, isLost } = await openRoutingKey(plan.routing.ospf, secrets)
    const text = renderBird(plan, join(folder, 'bird-messages.log'), key)
    hasBird = text !== undefined
    routing.configured(plan, { isRunning: hasBird, isKeyLost: isLost })
    if (text !== undefined) return bird.configure(text)
    await bird.remove()
    // What it leaves behind, so that packets find their way while it is started anew.
    await system.ip([ownedTable, branchTable].map((table) => `route flush table ${table} proto bird`))
  }

  /** Without an address there is nothing to go out from, and the tunnels there are may come back. */
  async function putTunnels({ network }: GatewayPlan, wan: string | undefined): Promise<void> {
    if (network === undefined) return ipsec.apply(undefined)
    if (wan === undefined) return
    await ipsec.apply(wantedTunnels(serial, network, wan))
  }

  async function look(): Promise<void> {
    const isOther = last === undefined || !(await isStill(last)) || (await hasOtherServers())
    if (hasConfig && (isOther || timers.now() - healedAt >= healEveryMs)) await put()
  }

  /** The address that its tunnels go out from is there. */
  async function isStill({ plan, wan }: NonNullable<typeof last>): Promise<boolean> {
    if (plan.line.address === undefined) return wan === (await wanAddress(system, setup.wan))
    return (await system.addresses(setup.wan)).includes(plan.line.address.ip)
  }

  async function hasOtherServers(): Promise<boolean> {
    return last?.plan.dns !== undefined && last.learntDns !== (await learntServers(options.resolverFiles)).join()
  }

  function lookLater(): void {
    if (isClosed) return
    cancelLook = timers.after(lookEveryMs, () => {
      exclusive(look)
        .catch((error) => logger.error({ serial, err: error }, 'The network could not be put in order.'))
        .finally(lookLater)
    })
  }

  /** Where it does not run there is nothing to show, nor of a protocol that it does not have. */
  async function shown(...what: readonly string[]): Promise<string> {
    if (!hasBird) return ''
    try {
      return await bird.show(...what)
    } catch (error) {
      if (error instanceof BirdRefusal) return ''
      throw error
    }
  }

  const state = networkStateOf({
    ...{ system, ipsec, pair, lan: setup.lan, leasesFile: leasesFile(folder) },
    pops: () => (config?.network?.pops ?? []).map((pop) => pop.serial),
    wallClock: Date.now,
  })
  const box = openMachineBox({
    ...{ system, setup, hasTags: options.hasTags, dhcpFile: dhcpFile(folder), show: shown, timers },
    resolverFiles: options.resolverFiles,
    routing: (config) => routing.read(config),
    problem: (error) => logger.warn({ serial, err: error }, 'What the machine is like could not be read.'),
  })
  const routes = openMachineRoutes({
    ...{ system, setup, leased: () => last?.plan.leased ?? [], show: shown, timers },
    problem: (error) => logger.warn({ serial, err: error }, 'The routes of the branch could not be read.'),
  })
  async function putAnew(): Promise<void> {
    await put()
    routes.soon()
  }
  lookLater()
  return {
    apply: (marked) =>
      exclusive(async () => {
        config = marked?.config
        instanceId = marked?.instanceId ?? ''
        hasConfig = true
        await putAnew()
      }),
    followHealth(statuses) {
      health = statuses
      exclusive(async () => {
        if (hasConfig && followsHealth(config?.routeRules)) await putAnew()
      }).catch((error) => logger.error({ serial, err: error }, 'What is told of the routes could not be changed.'))
    },
    forwarding: kernelLock(system, setup),
    state,
    box,
    dpi: options.engine && { engine: options.engine.engine },
    survey: machineSurvey(system, setup.wan),
    routes,
    prober: gatewayProber(system, setup.wan),
    tools: (log) =>
      machineTools(
        {
          ...{ system, leasesFile: leasesFile(folder), wallClock: Date.now },
          addressAt: async (from) =>
            from === 'lan'
              ? last?.plan.blocks[0]?.address
              : (last?.plan.line.address?.ip ?? (await wanAddress(system, setup.wan))),
        },
        log,
      ),
    status: () => networkStatus({ system, state, leasesFile: leasesFile(folder), wallClock: Date.now }),
    show: (...what) => bird.show(...what),
    async close() {
      isClosed = true
      cancelLook()
      box.close()
      routes.close()
      await exclusive(async () => undefined)
      // The other gateway has the branch before this one has no tunnel any more.
      await pair.close()
      await Promise.all([bird.close(), dhcp.close(), ipsec.close(), flowLog.close(), applications.close()])
    },
  }
}
