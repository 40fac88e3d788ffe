import { type Doubt, doubtsOf, type GatewayState, type PlannedGateway } from '@opensag/rotation'
import { z } from 'zod'
import type { Answered } from './call.ts'
import { type Reader, shownRefusal } from './read.ts'

/** OpenSAG's own product: what became of earlier changes. */
export const openSagVersion = '2026-12-01'
const action = 'ListAdminPasswordChanges'

const change = z.object({
  ChangeId: z.string(),
  SerialNumber: z.string(),
  Outcome: z.string(),
  RequestedAt: z.union([z.string(), z.number()]),
  Principal: z.string().optional(),
  RequestId: z.string().optional(),
})
const changesSchema = z.object({ Changes: z.array(change), NextToken: z.string().optional() })

type Change = z.infer<typeof change>

/** The endpoint's clock is known to a second only, and a call is on its way for a moment. */
const slackMs = 3_000
const pageSize = 50

export type Found =
  /** The run whose password the gateway holds. */
  { readonly is: 'changed'; readonly run: number } | { readonly is: 'unchanged' } | { readonly is: 'unknown' }

export interface ReadBack {
  /**
   * What became of the calls of a gateway that are in doubt. Waits until nothing of them can be under way any more;
   * undefined when the rotation is stopped before.
   */
  find(gateway: PlannedGateway, gatewayState: GatewayState): Promise<Found | undefined>
}

export interface ReadBackOptions {
  readonly reader: Reader
  /** Whose changes those of a run are, which another one than this may have made; undefined: it is not known. */
  readonly principalOf: (run: number) => string | undefined
  /** How long a call whose answer was lost may still be under way at the endpoint, milliseconds. */
  readonly settleMs: number
  /** The endpoint's clock. */
  readonly endpointTime: () => number | undefined
  readonly pause: (ms: number) => Promise<void>
  /** The rotation was stopped: what cannot be told yet is left to the run that goes on with it. */
  readonly isStopped: () => boolean
}

export interface Probed {
  /** Undefined where the endpoint keeps no such record, as the cloud's does not, or does not show it. */
  readonly readBack: ReadBack | undefined
  /** Why it does not show it, where it has one. */
  readonly why: string | undefined
}

/** @param probe any gateway of the rotation */
export async function createReadBack(options: ReadBackOptions, probe: PlannedGateway): Promise<Probed> {
  const { reader, principalOf, settleMs, endpointTime, pause, isStopped } = options

  function ask({ regionId, instanceId, serial }: PlannedGateway): Promise<Answered> {
    const params = { RegionId: regionId, SmartAGId: instanceId, SerialNumber: serial, MaxResults: String(pageSize) }
    return reader.ask(regionId, action, params, openSagVersion)
  }

  async function changesOf(gateway: PlannedGateway): Promise<readonly Change[] | undefined> {
    const { status, body } = await ask(gateway)
    const parsed = status === 200 ? changesSchema.safeParse(body) : undefined
    return parsed?.data?.Changes.filter(({ SerialNumber }) => SerialNumber === gateway.serial)
  }

  const answer = await ask(probe)
  if (isElsewhere(answer)) return { readBack: undefined, why: undefined }
  // That this very gateway is not there any more says that the record is.
  const answers = answer.code === 'SAG.InstanceNoFound' || changesSchema.safeParse(answer.body).success
  if (!answers) {
    return { readBack: undefined, why: `${action}: ${shownRefusal(answer)}` }
  }
  const readBack: ReadBack = {
    async find(gateway, gatewayState) {
      const doubts = doubtsOf(gatewayState)
      const unanswered = doubts.filter(({ requestId }) => requestId === undefined)
      // Called before the endpoint had ever answered: its record cannot be laid beside ours.
      if (unanswered.some(({ endpointTime: sentAt }) => sentAt === undefined)) return { is: 'unknown' }
      const lastSent = Math.max(0, ...unanswered.map(({ endpointTime: sentAt = 0 }) => sentAt))
      for (let waited = 0; ; ) {
        const changes = await changesOf(gateway)
        const now = endpointTime()
        // What has an entry of its own needs no clock.
        if (changes === undefined || (now === undefined && unanswered.length > 0)) return { is: 'unknown' }
        const found = judge(changes, { doubts, principalOf, answered: gatewayState.requestIds })
        const left = now === undefined || unanswered.length === 0 ? 0 : lastSent + settleMs - now
        // With one call in doubt its success says all; in any other case a call may still be under way.
        const isSure = left <= 0 || (found.is === 'changed' && doubts.length === 1)
        if (found.is !== 'pending' && isSure) return found
        // A change that is being made for longer than any can take is nobody's any more.
        if (found.is === 'pending' && (left <= -settleMs || waited >= 2 * settleMs)) return { is: 'unknown' }
        const ms = Math.max(250, Math.min(left, 2_000))
        waited += ms
        await pause(ms)
        if (isStopped()) return undefined
      }
    },
  }
  return { readBack, why: undefined }
}

/** The endpoint does not know the operation at all. */
export function isElsewhere({ code, status }: Answered): boolean {
  return (code === undefined && status === 404) || /^(Invalid|NoSuch)(Version|Action|Api|Product)/.test(code ?? '')
}

export interface Question {
  readonly doubts: readonly Doubt[]
  readonly principalOf: (run: number) => string | undefined
  /** Requests whose answers are known: no call without an answer is one of these. */
  readonly answered: readonly string[]
}

/** Only what can be nothing but ours counts as ours. */
export function judge(changes: readonly Change[], question: Question): Found | { readonly is: 'pending' } {
  const { doubts, principalOf, answered } = question
  const runOf = new Map(doubts.flatMap(({ requestId, run }) => (requestId === undefined ? [] : [[requestId, run]])))
  const unanswered = doubts.filter(({ requestId }) => requestId === undefined)
  const mayBeOf = new Set(unanswered.map(({ run }) => principalOf(run)))
  const since = Math.min(...unanswered.map(({ endpointTime = 0 }) => endpointTime)) - slackMs
  const exact = changes.filter(({ RequestId }) => RequestId !== undefined && runOf.has(RequestId))
  const likely = changes.filter(
    ({ RequestedAt, Principal, RequestId }) =>
      unanswered.length > 0 &&
      timeOf(RequestedAt) >= since &&
      (Principal === undefined || mayBeOf.has(Principal) || mayBeOf.has(undefined)) &&
      (RequestId === undefined || !answered.includes(RequestId)),
  )
  // A page that is full and all of it recent may leave something out.
  if (exact.length + likely.length >= pageSize) return { is: 'unknown' }
  if ([...exact, ...likely].some(({ Outcome }) => Outcome === 'InProgress')) return { is: 'pending' }
  const [first, second] = likely.filter(hasWorked)
  // The newest comes first: of several of ours it is in force.
  const known = exact.find(hasWorked)
  if (first === undefined) {
    return known === undefined ? { is: 'unchanged' } : { is: 'changed', run: runOf.get(known.RequestId ?? '') ?? 0 }
  }
  // One of two may be somebody else's with the same key.
  if (second !== undefined || known !== undefined) return { is: 'unknown' }
  return ofOneRun(unanswered, first)
}

/** Of calls with several passwords only those of the last run are told apart. */
function ofOneRun(unanswered: readonly Doubt[], { RequestedAt }: Change): Found {
  const last = unanswered.at(-1)
  const before = unanswered.filter(({ run }) => run !== last?.run)
  if (last === undefined) return { is: 'unknown' }
  const begin = Math.min(
    ...unanswered.filter(({ run }) => run === last.run).map(({ endpointTime = 0 }) => endpointTime),
  )
  return before.length === 0 || timeOf(RequestedAt) >= begin - slackMs
    ? { is: 'changed', run: last.run }
    : { is: 'unknown' }
}

function hasWorked({ Outcome }: Change): boolean {
  return Outcome === 'Succeeded'
}

function timeOf(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}
