import { type BoxReport, type BoxSection, boxSections } from '@opensag/protocol'
import type { Box, BoxSettings, BoxWrites } from '../../model/box.ts'
import type { Reader, Writer } from '../store.ts'
import type { GatewayConfigs } from './configurations.ts'
import { updateDevice } from './device-update.ts'

/** A box, and the instance whose it is. */
export interface BoxPlace {
  readonly serial: string
  readonly instanceId: string
}

export interface BoxChange {
  readonly at: number
  /** Whether what was set before is not in force, and is not going to be: of all sections, or of each. */
  readonly isGivenUp: boolean | ((section: BoxSection) => boolean)
}

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
      settings: parsed<BoxSettings>(row.box) ?? {},
      writes: parsed<BoxWrites>(row.box_writes) ?? {},
      report: reportOf(parsed<BoxReport>(row.box_report), row.box_reported_at),
    }
  }

  /** Sets a section: the box is told. The same again is offered anew only if the box has given it up. */
  async set<S extends BoxSection>(
    place: BoxPlace,
    section: S,
    value: NonNullable<BoxSettings[S]>,
    how: BoxChange,
  ): Promise<void> {
    await this.setTogether(place, { [section]: value }, how)
  }

  /** The same of several sections, which the box is told at once. */
  async setTogether(
    { serial, instanceId }: BoxPlace,
    sections: BoxSettings,
    { at, isGivenUp }: BoxChange,
  ): Promise<void> {
    const tx = this.#db as Writer
    const { settings, writes } = await this.of(serial)
    const named = boxSections.filter((section) => sections[section] !== undefined)
    const changed = named.filter((section) => JSON.stringify(settings[section]) !== JSON.stringify(sections[section]))
    const again = typeof isGivenUp === 'function' ? isGivenUp : () => isGivenUp
    const offered = named.filter((section) => changed.includes(section) || again(section))
    if (offered.length === 0) return
    await updateDevice(tx, { box: JSON.stringify({ ...settings, ...sections }) }, { serial })
    if (changed.length === 0) await this.#gatewayConfigs.offerAgain(instanceId)
    else await this.#gatewayConfigs.refresh(instanceId)
    const write = { at, revision: await revisionOf(tx, instanceId) }
    const written = Object.fromEntries(offered.map((section) => [section, write]))
    await updateDevice(tx, { box_writes: JSON.stringify({ ...writes, ...written }) }, { serial })
  }

  /** What was to be set no box can be told: what was set before goes on, and the task of the section says why. */
  async setInVain(
    { serial, instanceId }: BoxPlace,
    section: BoxSection,
    { at, problem }: { readonly at: number; readonly problem: string },
  ): Promise<void> {
    const { writes } = await this.of(serial)
    const write = { at, revision: await revisionOf(this.#db, instanceId), problem }
    await updateDevice(this.#db as Writer, { box_writes: JSON.stringify({ ...writes, [section]: write }) }, { serial })
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
