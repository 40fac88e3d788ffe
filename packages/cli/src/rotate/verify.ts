import { statuses } from '@opensag/rotation'
import { say } from '../say.ts'
import { verifyEvidence } from './evidence.ts'
import { shownCounts } from './progress.ts'
import { shownEnd } from './report.ts'

/** `opensag rotate verify` */
export async function verify(
  path: string,
  { key, json }: { readonly key: string; readonly json?: boolean },
): Promise<void> {
  const { records, summary } = await verifyEvidence(path, key)
  if (json === true) {
    console.log(JSON.stringify(records, null, 2))
    return
  }
  for (const record of records) {
    if (record.kind === 'rotation') {
      const { rotation, selection, endpoint, began } = record
      console.log(
        say('Rotation {rotation} of {selection} at {endpoint}, begun {began}', {
          rotation,
          selection,
          endpoint,
          began,
        }),
      )
    } else if (record.kind === 'run') {
      const { by, ended } = record
      const who = `${by.user}@${by.host}, ${say('key {id}', { id: by.accessKeyId })}${by.principal === undefined ? '' : ` (${by.principal})`}`
      const how =
        ended === undefined ? say('was cut off') : say('until {at}: {end}', { at: ended.at, end: shownEnd(ended.why) })
      console.log(say('Run {run} by {who}, {at} {how}', { run: record.run, who, at: record.at, how }))
    }
  }
  const counts = shownCounts(statuses.map((one) => [one, summary[one]] as const).filter(([, count]) => count > 0))
  console.log(say('Valid. {counts}.', { counts }))
}
