import { type Machine, pidInside } from '../linux/box.ts'
import { until } from '../support/time.ts'

/** In each payload that a bench sends, so that it is found wherever it passes in the clear. */
export const mark = '6f70656e7361672d636c656172' // "opensag-clear"

/** How many of so many pings are answered. */
export async function answered(from: Machine, address: string, count = 1, source?: string): Promise<number> {
  const bound = source === undefined ? [] : ['-I', source]
  // All at once, for each to have a second: one after the other, the last has no longer than the answers before it took.
  // With -w it would end at the first "unreachable" of a router.
  const often = ['-c', String(count), '-l', String(count), '-W', '1']
  const { stdout, stderr } = await from.run(['ping', '-n', '-q', '-p', mark, ...bound, ...often, address])
  // It has no route, as a terminal without a lease.
  if (/Network is unreachable/.test(stderr)) return 0
  const received = /(\d+) received/.exec(stdout)?.[1]
  if (received === undefined) throw new Error(`ping of ${address} in ${from.name}: ${stderr}`)
  return Number(received)
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

/** A ping that runs until it is stopped. */
export interface RunningPing {
  /** When the first answer came, in milliseconds since 1970; 0: none has. */
  firstAnswered(): number
  /** When the last answer came, in milliseconds since 1970; 0: none has. */
  lastAnswered(): number
  stop(): Promise<{ readonly sent: number; readonly lost: number }>
}

/** @param interval In seconds: ten pings in a second unless it is told. */
export function startPing(from: Machine, address: string, interval = 0.1): RunningPing {
  const child = from.start(['ping', '-n', '-D', '-p', mark, '-i', String(interval), address])
  let said = ''
  let firstAnswered = 0
  let lastAnswered = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
    for (const [, at] of text.matchAll(/\[(\d+\.\d+)\] \d+ bytes from/g)) lastAnswered = Number(at) * 1000
    if (firstAnswered === 0) firstAnswered = Number(/\[(\d+\.\d+)\] \d+ bytes from/.exec(said)?.[1] ?? 0) * 1000
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    firstAnswered: () => firstAnswered,
    lastAnswered: () => lastAnswered,
    async stop() {
      // Before that the signal would end what is about to become it.
      await until('ping has begun', () => said !== '')
      const pid = pidInside(child)
      if (pid === undefined) throw new Error(`ping has ended: ${said}`)
      process.kill(pid, 'SIGINT')
      await ended
      const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(said) ?? []
      if (sent === undefined) throw new Error(`ping: ${said}`)
      // One may be on its way still.
      return { sent: Number(sent), lost: Math.max(0, Number(sent) - Number(received) - 1) }
    },
  }
}
