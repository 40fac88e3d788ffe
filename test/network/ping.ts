import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'

/** In each payload that a bench sends, so that it is found wherever it passes in the clear. */
export const mark = '6f70656e7361672d636c656172' // "opensag-clear"

/** How many of so many pings are answered. */
export async function answered(from: Machine, address: string, count = 1, source?: string): Promise<number> {
  const bound = source === undefined ? '' : `-I ${source}`
  // With -w it would end at the first "unreachable" of a router.
  const command = `ping -n -q -p ${mark} ${bound} -c ${count} -i 0.05 -W 1 ${address} || [ $? -eq 1 ]`
  const said = await sh(from, command)
  return Number(/(\d+) received/.exec(said)?.[1])
}

export async function reaches(from: Machine, address: string): Promise<boolean> {
  return (await answered(from, address)) === 1
}

/** Resolves when one reaches the other. */
export async function untilReached(from: Machine, address: string): Promise<void> {
  await until(`${from.name} reaches ${address}`, () => reaches(from, address))
}

/** Resolves when one no longer reaches the other: three pings in a row are lost. */
export async function untilCutOff(from: Machine, address: string): Promise<void> {
  await until(`${from.name} no longer reaches ${address}`, async () => (await answered(from, address, 3)) === 0)
}

/** A ping that runs, ten in a second, until it is stopped. */
export interface RunningPing {
  stop(): Promise<{ readonly sent: number; readonly lost: number }>
}

export function startPing(from: Machine, address: string): RunningPing {
  const child = from.start(['ping', '-n', '-q', '-p', mark, '-i', '0.1', address])
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    async stop() {
      await sh(from, 'pkill -INT -x ping')
      await ended
      const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(said) ?? []
      if (sent === undefined) throw new Error(`ping: ${said}`)
      // One may be on its way still.
      return { sent: Number(sent), lost: Math.max(0, Number(sent) - Number(received) - 1) }
    },
  }
}
