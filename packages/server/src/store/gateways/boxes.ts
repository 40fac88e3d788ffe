import type { BoxConfig, BoxReport, BoxSection } from '@opensag/protocol'
import type { Box, BoxWrites } from '../../model/box.ts'
import type { Reader, Writer } from '../store.ts'
import type { GatewayConfigs } from './configurations.ts'
import { updateDevice } from './device-update.ts'

/** Gateways as boxes, inside one unit of work. */
export class Boxes {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  async of(serial: string): Promise<Box> {
    const row = await this.#db
      .selectFrom('device')
      .select(['box', 'box_writes', 'box_report', 'box_reported_at'])
      .where('serial', '=', serial)
      .executeTakeFirstOrThrow()
    return {
      settings: parsed<BoxConfig>(row.box) ?? {},
      writes: parsed<BoxWrites>(row.box_writes) ?? {},
      report: reportOf(parsed<BoxReport>(row.box_report), row.box_reported_at),
    }
  }

  /**
   * Sets a section: the box is told. The same again is offered anew only if the box has given it up.
   *
   * @param isGivenUp what was set before is not in force, and is not going to be
   */
  async set<S extends BoxSection>(
    { serial, instanceId }: { readonly serial: string; readonly instanceId: string },
    section: S,
    value: NonNullable<BoxConfig[S]>,
    { at, isGivenUp }: { readonly at: number; readonly isGivenUp: boolean },
  ): Promise<void> {
    const tx = this.#db as Writer
    const { settings, writes } = await this.of(serial)
    const isSame = JSON.stringify(settings[section]) === JSON.stringify(value)
    if (isSame && !isGivenUp) return
    await updateDevice(tx, { box: JSON.stringify({ ...settings, [section]: value }) }, { serial })
    if (isSame) await this.#gatewayConfigs.offerAgain(instanceId)
    else await this.#gatewayConfigs.refresh(instanceId)
    const revision = await revisionOf(tx, instanceId)
    await updateDevice(tx, { box_writes: JSON.stringify({ ...writes, [section]: { at, revision } }) }, { serial })
  }
}

async function revisionOf(db: Reader, instanceId: string): Promise<number> {
  const { config_revision } = await db
    .selectFrom('instance')
    .select('config_revision')
    .where('id', '=', instanceId)
    .executeTakeFirstOrThrow()
  return config_revision
}

function reportOf(report: BoxReport | undefined, at: number | null): Box['report'] {
  return report === undefined || at === null ? undefined : { ...report, at }
}

function parsed<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T)
}
