import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../../linux/box.ts'

/** What the processes of a machine hold and have used. */
export interface Usage {
  /** By name of the program: memory in MiB, what processes share counted in parts (PSS). */
  readonly mebibytes: ReadonlyMap<string, number>
  /** Processor time since their start, in milliseconds. */
  readonly cpuMs: number
}

const ours = ['node', 'charon', 'bird', 'dnsmasq']
/** Of the kernel: what it counts processor time in. */
const tickMs = 10

export function usageOf(machine: Machine): Usage {
  const proc = machine.path('/proc')
  const mebibytes = new Map<string, number>()
  let cpuMs = 0
  for (const pid of readdirSync(proc).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string): string => readFileSync(join(proc, pid, file), 'utf8')
    try {
      const name = read('comm').trim()
      if (!ours.includes(name)) continue
      const kibibytes = Number(/^Pss:\s+(\d+)/m.exec(read('smaps_rollup'))?.[1])
      mebibytes.set(name, (mebibytes.get(name) ?? 0) + kibibytes / 1024)
      // The name, in parentheses, may have spaces.
      const numbers = read('stat').split(') ')[1]?.split(' ') ?? []
      cpuMs += (Number(numbers[11]) + Number(numbers[12])) * tickMs
    } catch (error) {
      // One that has just ended.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
  return { mebibytes, cpuMs }
}

export function totalOf({ mebibytes }: Usage): number {
  return [...mebibytes.values()].reduce((sum, one) => sum + one, 0)
}
