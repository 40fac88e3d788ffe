import type { Diagnosis } from '@opensag/protocol'
import type { StoredDiagnosis } from '../../model/diagnosis.ts'
import type { Reader, Writer } from '../store.ts'

/** Diagnoses that devices were asked for, inside one unit of work: one of each device, the last. */
export class Diagnoses {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async of(serial: string): Promise<StoredDiagnosis | undefined> {
    const row = await this.#db.selectFrom('diagnosis').selectAll().where('serial', '=', serial).executeTakeFirst()
    if (row === undefined) return undefined
    const { id, asked_at: askedAt, told_at: at, report } = row
    const isTold = at !== null && report !== null
    return { id, askedAt, told: isTold ? { at, diagnosis: JSON.parse(report) as Diagnosis } : undefined }
  }

  /** In place of the one before. */
  async begin(serial: string, id: string, at: number): Promise<void> {
    const fresh = { id, asked_at: at, told_at: null, report: null }
    await (this.#db as Writer)
      .insertInto('diagnosis')
      .values({ serial, ...fresh })
      .onConflict((conflict) => conflict.column('serial').doUpdateSet(fresh))
      .execute()
  }

  /** The device was not asked: the one before, if any, is the last again, unless another one has begun since. */
  async takeBack(serial: string, id: string, before: StoredDiagnosis | undefined): Promise<void> {
    const db = this.#db as Writer
    if (before === undefined) {
      await db.deleteFrom('diagnosis').where('serial', '=', serial).where('id', '=', id).execute()
      return
    }
    const { askedAt, told } = before
    const report = told === undefined ? null : JSON.stringify(told.diagnosis)
    await db
      .updateTable('diagnosis')
      .set({ id: before.id, asked_at: askedAt, told_at: told?.at ?? null, report })
      .where('serial', '=', serial)
      .where('id', '=', id)
      .execute()
  }
}

/** What a device found. Of another diagnosis than the last nothing is kept. */
export async function saveDiagnosis(tx: Writer, serial: string, diagnosis: Diagnosis, at: number): Promise<void> {
  const { id, startedAt, endedAt, findings } = diagnosis
  await tx
    .updateTable('diagnosis')
    .set({ told_at: at, report: JSON.stringify({ id, startedAt, endedAt, findings }) })
    .where('serial', '=', serial)
    .where('id', '=', id)
    .execute()
}
