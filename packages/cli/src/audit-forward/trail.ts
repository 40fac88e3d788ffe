import type { Timers } from '@opensag/protocol'
import { z } from 'zod'
import { type Batch, type Entry, entryOf, type Gap } from './entry.ts'

export interface BatchLimits {
  readonly entries: number
  /** Bytes of their lines; a single larger entry is a batch of its own. */
  readonly bytes: number
  /** How long the first entry of a batch waits for others, milliseconds. */
  readonly waitMs: number
}

/** The trail of a server, from behind one entry on. */
export interface Trail {
  readonly name: string
  /** The number of the newest entry when it was opened. */
  readonly settledTo: number
  readonly batches: AsyncIterable<Batch>
}

interface Gathering {
  readonly limits: BatchLimits
  readonly timers: Pick<Timers, 'after'>
}

const heading = z.object({ trail: z.string().min(1), settledTo: z.int() })
const gapLine = z.object({ gap: z.object({ after: z.int(), through: z.int() }) })

/** Reads what the server says of its trail first; entries are read as batches are taken. */
export async function openTrail(lines: AsyncIterable<string>, gathering: Gathering): Promise<Trail> {
  const source = lines[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done === true) throw new Error('The server ended the connection.')
  const named = heading.safeParse(JSON.parse(first.value))
  if (!named.success) throw new Error('The server does not name its trail: it is older than this program.')
  const { trail, settledTo } = named.data
  return { name: trail, settledTo, batches: batchesOf(trail, source, gathering) }
}

type Part = { readonly gap: Gap } | { readonly entry: Entry; readonly size: number }

function partOf(line: string): Part {
  const parsed = JSON.parse(line) as Readonly<Record<string, unknown>>
  const gap = gapLine.safeParse(parsed)
  return gap.success ? gap.data : { entry: entryOf(parsed, line), size: Buffer.byteLength(line) }
}

/** Gathers entries, so that a burst costs few deliveries and a single one does not wait for long. */
async function* batchesOf(
  trail: string,
  source: AsyncIterator<string>,
  { limits, timers }: Gathering,
): AsyncGenerator<Batch> {
  function read(): Promise<Part | undefined> {
    const part = source.next().then(({ done, value }) => (done === true ? undefined : partOf(value)))
    // Whoever stops taking batches does not wait for it any more.
    part.catch(() => undefined)
    return part
  }

  let next = read()
  let gap: Gap | undefined
  for (;;) {
    const first = await next
    if (first === undefined) return
    next = read()
    if ('gap' in first) {
      gap = first.gap
      continue
    }
    const entries = [first.entry]
    let bytes = first.size
    let cancel = (): void => {}
    const late = new Promise<undefined>((resolve) => {
      cancel = timers.after(limits.waitMs, () => resolve(undefined))
    })
    while (entries.length < limits.entries && bytes < limits.bytes) {
      const more = await Promise.race([next, late])
      if (more === undefined || 'gap' in more || bytes + more.size > limits.bytes) break
      entries.push(more.entry)
      bytes += more.size
      next = read()
    }
    cancel()
    yield { trail, gap, entries }
    gap = undefined
  }
}
