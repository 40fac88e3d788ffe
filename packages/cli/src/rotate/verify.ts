import { verifyEvidence } from './evidence.ts'
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
      console.log(`Rotation ${record.rotation} of ${record.selection} at ${record.endpoint}, begun ${record.began}`)
    } else if (record.kind === 'run') {
      const { by, ended } = record
      const who = `${by.user}@${by.host}, key ${by.accessKeyId}${by.principal === undefined ? '' : ` (${by.principal})`}`
      const how = ended === undefined ? 'was cut off' : `until ${ended.at}: ${shownEnd(ended.why)}`
      console.log(`Run ${record.run} by ${who}, ${record.at} ${how}`)
    }
  }
  const counts = Object.entries(summary).filter(([, count]) => count > 0)
  console.log(`Valid. ${counts.map(([result, count]) => `${count} ${result}`).join(', ')}.`)
}
