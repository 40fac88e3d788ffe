import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached, must, onPath } from '../../samples/tool-chain.ts'
import { runToEnd } from '../../support/process.ts'
import { limit } from '../../support/time.ts'

/** One call on one register. Times are nanoseconds of one clock that never goes back. */
export interface Call {
  readonly key: string
  readonly client: number
  readonly op: 'read' | 'write'
  readonly value: string
  readonly call: number
  /** When it was answered. A write without it is in doubt: it may take effect at any later time, or never. */
  readonly ret?: number
}

export interface Verdict {
  /** `Unknown` is not `Ok`: the checker did not finish. */
  readonly result: 'Ok' | 'Illegal' | 'Unknown'
  readonly illegal: readonly string[]
  readonly unknown: readonly string[]
}

/** With more clients that are always in a call the checker may not finish. */
export const clientsOfOneKey = 8

/** What would make the checker available here; undefined when it is. */
export const lackOfChecker = onPath('go') ? undefined : 'to enable: apt-get install -y golang-go'

const source = import.meta.dirname

/** Porcupine, compiled once for each state of its source. Go's own cache keeps the module. */
export async function buildChecker(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, file)))
  const name = `linearizability-${hash.digest('hex').slice(0, 12)}`
  const folder = await cached(name, async (coming) => {
    await must(source, `go build -trimpath -o '${coming}/check' .`)
  })
  return join(folder, 'check')
}

/** Whether each key behaved as one register that is changed and read at one moment of each call. */
export async function checkHistory(program: string, history: readonly Call[]): Promise<Verdict> {
  const input = `${history.map((call) => JSON.stringify(call)).join('\n')}\n`
  const { code, output, errors } = await runToEnd(program, [String(limit(60_000) / 1000)], { input })
  if (code !== 0) throw new Error(`The checker ended with ${code}: ${errors}`)
  return JSON.parse(output) as Verdict
}
