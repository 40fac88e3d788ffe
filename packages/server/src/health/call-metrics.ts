import type { Registry } from 'prom-client'
import { addLookedUp } from './metrics.ts'
import { addTallies, newTally, type Tally } from './tallies.ts'

/** What the labels of a call are made of. */
export interface CalledOperation {
  readonly name: string
  readonly errors: Readonly<Record<string, unknown>>
}

/** Watches calls. Every one of them comes here, so that it only adds to numbers; text is made when somebody asks. */
export interface CallMetrics {
  began(): void
  /** @param code that of its error; undefined for a success */
  ended(operation: CalledOperation | undefined, code: string | undefined, tookMs: number): void
  /** It was answered before it was read. */
  refused(code: string): void
}

/** Seconds. A write is some milliseconds, a call that reaches a gateway a second; official clients give up after ten. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const success = 'OK'

interface OfOperation {
  readonly seconds: Tally
  readonly byCode: Map<string, { count: number }>
}

/**
 * The operation is one that is served or none; the code is one of its table, one of `doorCodes` or a word for all others,
 * so that nobody can make as many series as they like. Codes are apart from times for the same reason.
 */
export function createCallMetrics(registry: Registry, doorCodes: ReadonlySet<string>): CallMetrics {
  const known = new Map<CalledOperation | undefined, OfOperation>()
  let underWay = 0

  addLookedUp(registry, [
    {
      name: 'opensag_calls_total',
      help: 'Calls of the API by operation and code of the answer; OK: success. The operation is empty where it is not known.',
      type: 'counter',
      labelNames: ['operation', 'code'],
      samples: () =>
        [...known].flatMap(([operation, { byCode }]) =>
          [...byCode].map(([code, { count }]) => ({
            value: count,
            labels: { operation: operation?.name ?? '', code },
          })),
        ),
    },
    {
      name: 'opensag_calls_in_progress',
      help: 'Calls that are being answered, those that wait for gateways included.',
      type: 'gauge',
      samples: () => [{ value: underWay }],
    },
  ])
  addTallies(registry, {
    name: 'opensag_call_duration_seconds',
    help: 'Time from the last byte of a request to its answer, by operation.',
    labelNames: ['operation'],
    bounds,
    tallies: () => [...known].map(([operation, { seconds }]) => [{ operation: operation?.name ?? '' }, seconds]),
  })

  function of(operation: CalledOperation | undefined): OfOperation {
    const found = known.get(operation)
    if (found !== undefined) return found
    const made = { seconds: newTally(bounds), byCode: new Map() }
    known.set(operation, made)
    return made
  }

  function count(operation: CalledOperation | undefined, { byCode }: OfOperation, code: string): void {
    const counted = byCode.get(code)
    if (counted !== undefined) {
      counted.count++
      return
    }
    const shown = shownCode(operation, code, doorCodes)
    if (shown === code) byCode.set(code, { count: 1 })
    else count(operation, of(operation), shown)
  }

  return {
    began() {
      underWay++
    },
    ended(operation, code = success, tookMs) {
      underWay--
      const ofOperation = of(operation)
      ofOperation.seconds.add(tookMs / 1000)
      count(operation, ofOperation, code)
    },
    refused: (code) => count(undefined, of(undefined), code),
  }
}

const families: readonly string[] = ['Missing', 'Invalid', 'Other']

/** `MissingSmartAGId` and its like: the front door names any parameter in the code. */
function shownCode(operation: CalledOperation | undefined, code: string, doorCodes: ReadonlySet<string>): string {
  if (code === success || doorCodes.has(code) || families.includes(code)) return code
  if (operation !== undefined && Object.hasOwn(operation.errors, code)) return code
  return families.find((family) => code.startsWith(family)) ?? 'Other'
}
