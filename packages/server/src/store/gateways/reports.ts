import { type AgreedRevision, localStatus, promiseAfterReport, type WireReport } from '@opensag/protocol'
import { passwordAfterReport } from '../../model/admin-password-state.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from '../store.ts'
import { updateDevice } from './device-update.ts'

/** SynchronizeSmartAGWebConfig was answered: what people set there up to this revision is going to be agreed on. */
export async function promiseSynchronization(tx: Writer, serial: string, revision: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({ syn_status: 'Synchronizing', promised_revision: revision })
    .where('serial', '=', serial)
    .where('syn_status', '=', 'Unsynchronized')
    .execute()
}

const knownOf = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .select(['promised_revision', 'password_changed_at', 'password_mark'])
    .where('serial', '=', given.serial),
)

/** Answers the revision that was promised to be taken over, if the gateway has not heard of it. */
export async function saveReport(tx: Writer, serial: string, report: WireReport, at: number): Promise<AgreedRevision> {
  const row = await knownOf(tx, { serial })
  const revisions = { local: report.localRevision, synced: report.syncedRevision }
  const promised = promiseAfterReport(row?.promised_revision ?? null, revisions)
  await updateDevice(
    tx,
    {
      version: report.version,
      started_at: report.startedAt,
      service_ip: report.serviceIp,
      console_url: report.consoleUrl ?? null,
      syn_status: localStatus(revisions, promised),
      promised_revision: promised,
      resettable: Number(report.resettable),
      server_key: report.pinned?.key ?? null,
      server_successor: report.pinned?.successor ?? null,
      // It has heard of its unlock, which does not count for the next absence.
      ...(report.locked === false ? { unlocked_at: null } : {}),
      ...(row === undefined ? {} : passwordColumns(row, report.adminPassword, at)),
      last_seen_at: at,
    },
    { serial },
  )
  return promised
}

function passwordColumns(
  row: Pick<Schema['device'], 'password_changed_at' | 'password_mark'>,
  reported: WireReport['adminPassword'],
  at: number,
) {
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
