import { type AgreedRevision, localStatus, promiseAfterReport, type WireReport } from '@opensag/protocol'
import { passwordAfterReport } from '../../model/admin-password-state.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from '../store.ts'
import { type DeviceColumns, updateDevice } from './device-update.ts'

/** SynchronizeSmartAGWebConfig was answered: what people set there up to this revision is going to be agreed on. */
export async function promiseSynchronization(tx: Writer, serial: string, revision: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({ syn_status: 'Synchronizing', promised_revision: revision })
    .where('serial', '=', serial)
    .where('syn_status', '=', 'Unsynchronized')
    .execute()
}

/** Columns that a report is compared with. */
export const beforeReport = ['promised_revision', 'password_changed_at', 'password_mark'] as const

type BeforeReport = Pick<Schema['device'], (typeof beforeReport)[number]>

const knownOf = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select(beforeReport).where('serial', '=', given.serial),
)

/** Answers the revision that was promised to be taken over, if the gateway has not heard of it. */
export async function saveReport(tx: Writer, serial: string, report: WireReport, at: number): Promise<AgreedRevision> {
  const { columns, promised } = reportColumns(await knownOf(tx, { serial }), report, at)
  await updateDevice(tx, columns, { serial })
  return promised
}

/** What a report makes of a row. */
export function reportColumns(
  row: BeforeReport | undefined,
  report: WireReport,
  at: number,
): { readonly columns: DeviceColumns; readonly promised: AgreedRevision } {
  const revisions = { local: report.localRevision, synced: report.syncedRevision }
  const promised = promiseAfterReport(row?.promised_revision ?? null, revisions)
  return {
    promised,
    columns: {
      version: report.version,
      started_at: report.startedAt,
      service_ip: report.serviceIp,
      console_url: report.consoleUrl ?? null,
      syn_status: localStatus(revisions, promised),
      promised_revision: promised,
      resettable: Number(report.resettable),
      server_key: report.pinned?.key ?? null,
      server_successor: report.pinned?.successor ?? null,
      ...(report.box === undefined ? {} : { box_report: JSON.stringify(report.box), box_reported_at: at }),
      dpi_engine: report.dpi?.engine ?? null,
      // It has heard of its unlock, which does not count for the next absence.
      ...(report.locked === false ? { unlocked_at: null } : {}),
      ...(row === undefined ? {} : passwordColumns(row, report.adminPassword, at)),
      last_seen_at: at,
    },
  }
}

function passwordColumns(row: BeforeReport, reported: WireReport['adminPassword'], at: number) {
  const known = { changedAt: row.password_changed_at ?? undefined, mark: row.password_mark ?? undefined }
  const dated = passwordAfterReport(known, reported, at)
  return (
    dated && {
      password_set: Number(dated.isSet),
      password_changed_at: dated.changedAt ?? null,
      password_mark: dated.mark ?? null,
    }
  )
}
