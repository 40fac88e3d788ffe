import { csvText } from '../app/csv.ts'
import type { JobItem, JobRow } from './jobs.ts'
import { proofOf, proofs } from './proof.ts'

/** What became of each gateway of a job, and no secret. */
export function evidenceCsv(
  { JobId, Kind }: Pick<JobRow, 'JobId' | 'Kind'>,
  items: readonly JobItem[],
  nameOf: (id: string) => string | undefined,
): string {
  const proven = Kind === 'RotatePasswords' ? proofs : []
  const head = ['job', 'wave', 'region', 'instance', 'name', 'serial', 'outcome', 'code', 'begun', 'ended', ...proven]
  const lines = items.map((item) => {
    const marks = proofOf(item)
    return [
      ...[JobId, item.Wave, item.RegionId, item.SmartAGId, nameOf(item.SmartAGId), item.SerialNumber],
      ...[item.State, item.Code, moment(item.BeginTime), moment(item.EndTime)],
      ...proven.map((proof) => marks[proof]),
    ]
  })
  return csvText([head, ...lines])
}

function moment(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
