import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { connectedGateways } from '../gateways.ts'
import { askOperator } from '../operator.ts'
import type { Peer } from '../peers.ts'
import type { Postgres } from '../postgres.ts'

/** What it took until all gateways were on line. */
export interface Coming {
  readonly tookMs: number
  /** Processor time of all nodes, and of the database, for each gateway. */
  readonly nodesMs: number
  readonly databaseMs: number
}

interface Place {
  readonly peer: Peer
  readonly data: string
}

const sayMs = 5000

/** Waits until all gateways are on line, says how far they are, and measures what it costs. */
export async function watchComing(
  coming: () => Promise<unknown>,
  {
    nodes,
    database,
    gateways,
    say,
  }: {
    readonly nodes: readonly Place[]
    readonly database: Pick<Postgres, 'cpuMs'>
    readonly gateways: number
    readonly say: (text: string) => void
  },
): Promise<Coming> {
  const nodesCpuMs = (): number => nodes.reduce((sum, { peer }) => sum + peer.cpuMs(), 0)
  const [began, nodesBefore, databaseBefore] = [performance.now(), nodesCpuMs(), database.cpuMs()]
  let isOver = false
  async function tell(): Promise<void> {
    for (let last = 0; !isOver; ) {
      await pause(sayMs)
      const held = await Promise.all(nodes.map(({ data }) => connectedGateways(data)))
      const now = held.reduce<number>((sum, count) => sum + (count ?? 0), 0)
      const rate = ((now - last) / sayMs) * 1000
      const seconds = (performance.now() - began) / 1000
      if (!isOver) say(`${now} of ${gateways} on line after ${seconds.toFixed(0)} s, ${rate.toFixed(0)} a second`)
      last = now
    }
  }
  const telling = tell()
  // Whoever waits for the gateways is told of what went wrong.
  telling.catch(() => {})
  try {
    await coming()
  } finally {
    isOver = true
  }
  const tookMs = performance.now() - began
  return {
    tookMs,
    nodesMs: (nodesCpuMs() - nodesBefore) / gateways,
    databaseMs: (database.cpuMs() - databaseBefore) / gateways,
  }
}

export const serialOf = (fleet: number, place: number): string =>
  `sagfleet${fleet + 1}-${String(place).padStart(5, '0')}`
/** They share commits: with more at once there are fewer of these. */
const addedAtOnce = 32

/** Adds them at a node, and writes them into a file, with the keys that they enrol with. */
export async function addGateways(data: string, file: string, serials: readonly string[]): Promise<string> {
  const lines: string[] = []
  let next = 0
  async function worker(): Promise<void> {
    for (let serial = serials[next++]; serial !== undefined; serial = serials[next++]) {
      const described = { serial, model: 'sag-1000', version: '2.3.1.1' }
      const { enrolmentKey } = (await askOperator(data, 'device add', { ...described, real: true })) as {
        readonly enrolmentKey: string
      }
      lines.push(JSON.stringify({ ...described, enrolmentKey }))
    }
  }
  await Promise.all(Array.from({ length: addedAtOnce }, worker))
  writeFileSync(file, lines.join('\n'), { mode: 0o600 })
  return file
}
