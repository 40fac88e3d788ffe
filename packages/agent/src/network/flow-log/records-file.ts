import { appendFile, rename, stat } from 'node:fs/promises'
import type { FlowRecord } from './ager.ts'
import type { Flow } from './conntrack-flows.ts'

/** What stands in each record beside what went over the connection. */
export interface RecordNames {
  readonly region: string
  readonly project: string
  readonly logstore: string
  readonly instance: string
  readonly serial: string
}

/** Of the file, and again of the one before it (`.1`). */
const mostBytes = 4 * 1024 * 1024

/**
 * Appends records, one JSON object a line.
 *
 * @param more what else stands in the record of a connection
 */
export async function appendRecords(
  file: string,
  names: RecordNames,
  records: readonly FlowRecord[],
  more: (flow: Flow) => object,
): Promise<void> {
  if (records.length === 0) return
  const lines = records.map(({ flow, sent, answered, start, end }) =>
    JSON.stringify({
      ...names,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      protocol: flow.protocol,
      srcAddress: flow.from.address,
      srcPort: flow.from.port,
      dstAddress: flow.to.address,
      dstPort: flow.to.port,
      packets: sent.packets,
      bytes: sent.bytes,
      answerPackets: answered.packets,
      answerBytes: answered.bytes,
      ...more(flow),
    }),
  )
  if ((await sizeOf(file)) >= mostBytes) await rename(file, `${file}.1`)
  await appendFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
