import type { Reader, Writer } from '../store.ts'
import type { GatewayConfigs } from './configurations.ts'

/** Where the connections of an instance are recorded with their applications. */
export interface DpiLog {
  readonly project: string
  readonly logstore: string
}

/** Whether gateways recognise applications, inside one unit of work. */
export class Inspections {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Off: nothing is recorded any more either. */
  async setEnabled(instanceId: string, isEnabled: boolean): Promise<void> {
    await this.#set(instanceId, {
      dpi_enabled: Number(isEnabled),
      ...(isEnabled ? {} : { dpi_project: null, dpi_logstore: null }),
    })
  }

  /** @param log undefined: nothing is recorded any more */
  async setLog(instanceId: string, log: DpiLog | undefined): Promise<void> {
    await this.#set(instanceId, { dpi_project: log?.project ?? null, dpi_logstore: log?.logstore ?? null })
  }

  async #set(
    instanceId: string,
    columns: { dpi_enabled?: number; dpi_project?: string | null; dpi_logstore?: string | null },
  ): Promise<void> {
    await (this.#db as Writer).updateTable('instance').set(columns).where('id', '=', instanceId).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }
}
