import { z } from 'zod'
import type { Queue } from '../bandwidth.ts'
import type { System } from '../system.ts'

/** The handles of what limits a line: by the first it is known again. */
const [own, leaf] = ['7240:', '7241:'] as const

const qdiscsSchema = z.array(
  z.object({ dev: z.string().optional(), handle: z.string().optional(), root: z.boolean().optional() }),
)

/** `free`: what the kernel has put there by itself; `foreign`: it is somebody else's, and stays. */
export type LimitState = 'own' | 'free' | 'foreign'

/** What a line has before its packets leave. */
export async function limitState(system: Pick<System, 'tcJson'>, wan: string): Promise<LimitState> {
  const all = qdiscsSchema.parse(await system.tcJson('qdisc', 'show', 'dev', wan))
  const handle = all.find(({ root }) => root === true)?.handle ?? '0:'
  return handle === own ? 'own' : handle === '0:' ? 'free' : 'foreign'
}

/** Lines of `tc -batch` that let a line send at most so many Mbit/s. @param megabits undefined: as much as it can */
export function renderLimit(
  wan: string,
  megabits: number | undefined,
  queue: Queue,
  state: LimitState,
): readonly string[] {
  if (state === 'foreign') return []
  if (megabits === undefined) return state === 'own' ? [`qdisc del dev ${wan} root`] : []
  const rate = `htb rate ${megabits}mbit ceil ${megabits}mbit`
  // The timer of a kernel ticks 250 times a second at worst: less than passes between two ticks would lower the rate.
  const burst = `${Math.max(15, Math.ceil(megabits / 2))}k`
  return [
    ...(state === 'own' ? [] : [`qdisc add dev ${wan} root handle ${own} htb default 1`]),
    `class replace dev ${wan} parent ${own} classid ${own}1 ${rate} burst ${burst} cburst ${burst}`,
    // A death may have come between: it is there, or made again.
    `qdisc replace dev ${wan} parent ${own}1 handle ${leaf} ${queue}`,
  ]
}

/** Lines that take every such limit from the machine, wherever it is. */
export async function limitsToRemove(system: Pick<System, 'tcJson'>): Promise<readonly string[]> {
  const all = qdiscsSchema.parse(await system.tcJson('qdisc', 'show'))
  return all.filter(({ handle, root }) => handle === own && root === true).map(({ dev }) => `qdisc del dev ${dev} root`)
}
