import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'

const size = 4 * 1024 * 1024

/** Why a test cannot search the memory of a process that it started; undefined: it can. */
export function lackToSearch(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux: /proc/<pid>/mem'
  const scope = '/proc/sys/kernel/yama/ptrace_scope'
  const rule = existsSync(scope) ? Number(readFileSync(scope, 'utf8')) : 0
  // 0 and 1 let a process look at its children (Yama).
  const isAllowed = rule <= 1 || (rule === 2 && process.getuid?.() === 0)
  return isAllowed ? undefined : 'enable with: sysctl kernel.yama.ptrace_scope=1'
}

/** Which of the needles are somewhere in what a process can write: heap, stack, buffers, what was freed and not used again. */
export function foundIn(pid: number, needles: readonly Buffer[]): ReadonlySet<Buffer> {
  const longest = Math.max(...needles.map((needle) => needle.length))
  const found = new Set<Buffer>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  // Overlapping, so that nothing hides on a border.
  const piece = Buffer.alloc(size + longest)
  try {
    for (const { from, to } of writableParts(pid)) {
      for (let at = from; at < to; at += BigInt(size)) {
        const read = readAt(memory, piece.subarray(0, Math.min(piece.length, Number(to - at))), at)
        for (const needle of needles) if (read.includes(needle)) found.add(needle)
      }
    }
  } finally {
    closeSync(memory)
  }
  return found
}

function writableParts(pid: number): readonly { readonly from: bigint; readonly to: bigint }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)
  return [...lines].map(([, from, to]) => ({ from: BigInt(`0x${from}`), to: BigInt(`0x${to}`) }))
}

/** What is given back to the system meanwhile has nothing in it. */
function readAt(memory: number, into: Buffer, at: bigint): Buffer {
  try {
    return into.subarray(0, readSync(memory, into, 0, into.length, at))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EIO' || (error as NodeJS.ErrnoException).code === 'EFAULT') {
      return into.subarray(0, 0)
    }
    throw error
  }
}
