import { join } from 'node:path'
import { accountOf } from './contenders.ts'
import { play } from './load/own.ts'
import { type Peer, startBare, startOpenSag } from './peers.ts'
import { post, signedForm } from './sign.ts'

/** Something that is started again and again. */
export interface Starter {
  readonly name: string
  /** Its data folder; the bare server has none. */
  readonly data: string | undefined
  start(): Promise<Peer>
}

export interface Started {
  /** From starting the process to the answer to a signed call. */
  readonly ms: number[]
  /** What it then has of memory. */
  readonly mebibytes: number[]
}

export const bareStarter: Starter = { name: 'bare', data: undefined, start: startBare }

export function openSagStarter(name: string, root: string, folder: string): Starter {
  const data = join(folder, name)
  return { name, data, start: () => startOpenSag(root, data) }
}

/** Starts each of them in every round, on data folders that exist. */
export async function measureStarts(
  starters: readonly Starter[],
  rounds: number,
): Promise<ReadonlyMap<string, Started>> {
  // Makes the data folders that are missing, and warms the disk's cache for everybody.
  for (const { start } of starters) await (await start()).stop()

  const all = new Map<string, Started>(starters.map(({ name }) => [name, { ms: [], mebibytes: [] }]))
  for (let round = 0; round < rounds; round++) {
    for (const starter of starters) {
      const peer = await starter.start()
      try {
        const { failures } = await play(peer.port, [[firstCall(starter, peer.port)]])
        const took = Number(process.hrtime.bigint() - peer.startedAt) / 1e6
        if (failures > 0) throw new Error(`The first call to ${starter.name} was refused; nothing was measured.`)
        all.get(starter.name)?.ms.push(took)
        all.get(starter.name)?.mebibytes.push(peer.residentMiB())
      } finally {
        await peer.stop()
      }
    }
  }
  return all
}

function firstCall({ data }: Starter, port: number): Buffer {
  const body = data === undefined ? '' : signedForm(accountOf(data), 'DescribeRegions', {})
  return post(`127.0.0.1:${port}`, body)
}
