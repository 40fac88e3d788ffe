import {
  type ConfigMark,
  configMarkSchema,
  createTurns,
  gatewayConfigSchema,
  type MarkedConfig,
} from '@opensag/protocol'
import type { Disk } from './disk.ts'

const file = 'desired-config.json'

/** Null: the gateway is bound to no instance. */
const contentSchema = configMarkSchema.extend({ config: gatewayConfigSchema.strict() }).strict().nullable()

/** The configuration the control plane gave this gateway. It outlives restarts, so it is in force without the server too. */
export interface DesiredConfig {
  /** Undefined: it holds none. */
  inForce(): MarkedConfig | undefined
  /** Which one that is. */
  mark(): ConfigMark | undefined
  /**
   * Durable when it resolves. The server alone knows which one is the newest, so a lower revision is taken too; undefined
   * takes away what is in force.
   */
  apply(desired: MarkedConfig | undefined): Promise<void>
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
}

export async function openDesiredConfig(disk: Disk): Promise<DesiredConfig> {
  const text = await disk.read(file)
  let content = text === undefined ? undefined : (contentSchema.parse(JSON.parse(text)) ?? undefined)
  const inTurn = createTurns()
  return {
    inForce: () => content,
    mark: () => content && { instanceId: content.instanceId, revision: content.revision },
    apply: (desired) =>
      inTurn(async () => {
        await disk.write(file, `${JSON.stringify(desired ?? null)}\n`)
        content = desired
      }),
    settled: () => inTurn(async () => undefined),
  }
}
