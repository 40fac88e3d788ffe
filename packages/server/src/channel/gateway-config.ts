import {
  type AclConfig,
  type Capability,
  type FromServer,
  type MarkedConfig,
  type PacketMatch,
  pause,
  type Timers,
} from '@opensag/protocol'
import { configFor } from '../model/desired-config.ts'
import { findDesiredConfig } from '../store/gateways/configurations.ts'
import { readPopConfig } from '../store/pops/pop-config.ts'
import type { ChannelContext } from './context.ts'
import type { ConfigPushContext } from './desired-config.ts'
import type { AdmittedGateway, ServerLink } from './handshake.ts'

/** So many times as long as a look at all members took nobody looks again. */
const restFactor = 10

type Told = Pick<AdmittedGateway, 'serial' | 'capabilities'>

/** What keeping one connected gateway at its configuration needs of its connection. */
export class GatewayConfig implements ConfigPushContext {
  private readonly link: ServerLink
  private readonly context: ChannelContext
  private readonly serial: string
  private readonly capabilities: readonly string[]
  /** Of the clock of the timers. */
  private restUntil = 0

  constructor(link: ServerLink, context: ChannelContext, { serial, capabilities }: Told) {
    this.link = link
    this.context = context
    this.serial = serial
    this.capabilities = capabilities
  }

  private can(what: Capability): boolean {
    return this.capabilities.includes(what)
  }

  get timers(): Timers {
    return this.context.timers
  }

  get retryMs(): number {
    return this.context.settings.configRetryMs
  }

  get confirmMs(): number {
    return this.context.settings.configConfirmMs
  }

  async read(): Promise<MarkedConfig | undefined> {
    const { context, serial } = this
    const desired = await context.store.read((db) => findDesiredConfig(db, serial))
    if (desired === undefined) return this.readPop()
    const { pair, qos, acl, healthChecks, probeTasks, monitor, ...config } = configFor(desired.config, serial)
    return {
      ...desired,
      config: {
        ...config,
        // Another one could not share the addresses of its branch, and one of a version before pairs does not know of them.
        ...(pair === undefined || !this.can('network') ? {} : { pair }),
        // These may be longer than a frame.
        ...(qos === undefined || !this.can('qos') ? {} : { qos: { ...qos, rules: this.known(qos.rules) } }),
        ...(acl === undefined || !this.can('acl') ? {} : this.knownAcl(acl)),
        ...(healthChecks === undefined || !this.can('qos') ? {} : { healthChecks }),
        ...(probeTasks === undefined || !this.can('qos') ? {} : { probeTasks }),
        ...(monitor === undefined || !this.can('monitor') ? {} : { monitor }),
      },
    }
  }

  /** A gateway that does not know applications would take such a rule for one of all packets. */
  private known<Rule extends Pick<PacketMatch, 'applications'>>(rules: readonly Rule[]): readonly Rule[] {
    return this.can('dpi') ? rules : rules.filter(({ applications }) => applications === undefined)
  }

  private knownAcl(rules: AclConfig): { readonly acl?: AclConfig } {
    const acl = this.known(rules)
    return acl.length === 0 ? {} : { acl }
  }

  /** Of thousands of members that takes a while. However fast changes come, this node has most of its time for others. */
  private async readPop(): Promise<MarkedConfig | undefined> {
    const { timers, store, businessClock } = this.context
    const waitMs = this.restUntil - timers.now()
    if (waitMs > 0) await pause(timers, waitMs)
    const began = timers.now()
    const desired = await readPopConfig(store, this.serial, businessClock())
    const now = timers.now()
    this.restUntil = now + restFactor * (now - began)
    return desired
  }

  send(message: FromServer): void {
    this.link.send(message)
  }

  problem(error: unknown): void {
    this.context.logger.error({ serial: this.serial, err: error }, 'The configuration of a gateway could not be sent.')
  }
}
