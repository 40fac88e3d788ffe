import { doubtsOf, type GatewayStanding, type PlannedGateway } from '@opensag/rotation'
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

export type Found = 'changed' | 'unchanged' | 'unknown'

export interface ReadBack {
  /** What became of the calls of a gateway that are in doubt. Waits until nothing of them can be under way any more. */
  find(gateway: PlannedGateway, standing: GatewayStanding): Promise<Found>
}

export interface ReadBackOptions {
  readonly reader: Reader
  /** Whose changes count; undefined: anybody's. */
  readonly principal: string | undefined
  /** How long a call whose answer was lost may still be under way at the endpoint, milliseconds. */
  readonly settleMs: number
  /** The endpoint's clock. */
  readonly endpointTime: () => number | undefined
  readonly pause: (ms: number) => Promise<void>
}

export interface Probed {
  /** Undefined where the endpoint keeps no such record, as the cloud's does not, or does not show it. */
  readonly readBack: ReadBack | undefined
  /** Why it does not show it, where it has one. */
  readonly why: string | undefined
}

/** @param probe any gateway of the rotation */
export async function createReadBack(options: ReadBackOptions, probe: PlannedGateway): Promise<Probed> {
  const { reader, principal, settleMs, endpointTime, pause } = options

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
  if (answer.status !== 200 || !changesSchema.safeParse(answer.body).success) {
    return { readBack: undefined, why: `${action}: ${shownRefusal(answer)}` }
  }
  const readBack: ReadBack = {
    async find(gateway, standing) {
      const doubts = doubtsOf(standing)
      const times = doubts.map((doubt) => doubt.endpointTime)
      const [since] = times
      const last = times.at(-1)
      // Called before the endpoint had ever answered: its record cannot be laid beside ours.
      if (since === undefined || last === undefined) return 'unknown'
      for (;;) {
        const changes = await changesOf(gateway)
        const now = endpointTime()
        if (changes === undefined || now === undefined) return 'unknown'
        const found = judge(changes, {
          since,
          last,
          oneRun: new Set(doubts.map(({ run }) => run)).size === 1,
          principal,
          answered: standing.requestIds,
        })
        const left = last + settleMs - now
        if (found !== 'pending' && (found !== 'unchanged' || left <= 0)) return found
        // A change that is being made for longer than any can take is nobody's any more.
        if (left <= -settleMs) return 'unknown'
        await pause(Math.max(250, Math.min(left, 2_000)))
      }
    },
  }
  return { readBack, why: undefined }
}

/** The endpoint does not know the operation at all. */
function isElsewhere({ code, status }: Answered): boolean {
  return (code === undefined && status === 404) || /^(Invalid|NoSuch)(Version|Action|Api|Product)/.test(code ?? '')
}

interface Window {
  /** When the first and the last call in doubt were sent, on the endpoint's clock. */
  readonly since: number
  readonly last: number
  /** All of them carried one password. */
  readonly oneRun: boolean
  readonly principal: string | undefined
  /** Requests whose answers are known: none of these is in doubt. */
  readonly answered: readonly string[]
}

/** Only what can be nothing but ours counts as ours. */
export function judge(changes: readonly Change[], window: Window): Found | 'pending' {
  const ours = changes.filter(
    ({ RequestedAt, Principal, RequestId }) =>
      timeOf(RequestedAt) >= window.since - slackMs &&
      (window.principal === undefined || Principal === undefined || Principal === window.principal) &&
      (RequestId === undefined || !window.answered.includes(RequestId)),
  )
  // A page that is full and all of it recent may leave something out.
  if (ours.length >= pageSize) return 'unknown'
  if (ours.some(({ Outcome }) => Outcome === 'InProgress')) return 'pending'
  const succeeded = ours.filter(({ Outcome }) => Outcome === 'Succeeded')
  const [one, another] = succeeded
  if (one === undefined) return 'unchanged'
  // Two: one of them may be somebody else's with the same key. And of calls with several passwords only the last is told apart.
  if (another !== undefined) return 'unknown'
  return window.oneRun || timeOf(one.RequestedAt) >= window.last - slackMs ? 'changed' : 'unknown'
}

function timeOf(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}
