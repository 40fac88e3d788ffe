import type { Contender } from './contenders.ts'
import { accountOf, bareName } from './contenders.ts'
import { play } from './load.ts'
import type { BenchOptions } from './options.ts'
import { note, type Series, show } from './report.ts'
import { post, signedForm } from './sign.ts'

/** From starting the process on a data folder that exists to the answer to a signed call, and the memory it has then. */
export async function measureStarts(contenders: readonly Contender[], { rounds }: BenchOptions): Promise<void> {
  // Makes the data folders, and warms the disk's cache for everybody.
  for (const contender of contenders) await (await contender.start()).stop()

  const milliseconds: Series = new Map()
  const mebibytes: Series = new Map()
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const peer = await contender.start()
      try {
        const { failures } = await play(peer.port, [[firstCall(contender, peer.port)]])
        note(milliseconds, contender.name, Number(process.hrtime.bigint() - peer.startedAt) / 1e6)
        if (failures > 0) throw new Error(`The first call to ${contender.name} was refused; nothing was measured.`)
        note(mebibytes, contender.name, peer.residentMiB())
      } finally {
        await peer.stop()
      }
    }
  }
  show('start to signed answer', 'ms', milliseconds, [bareName])
  show('idle memory', 'MiB', mebibytes, [bareName])
}

function firstCall({ data }: Contender, port: number): Buffer {
  const body = data === undefined ? '' : signedForm(accountOf(data), 'DescribeSmartAccessGateways', {})
  return post(`127.0.0.1:${port}`, body)
}
