import type { ApiParams } from '../api-client.ts'
import { selected } from '../jmespath.ts'
import type { Called, Caller } from '../rotate/call.ts'
import { filled, type ListedCall, type Placeholder, placeholdersIn } from './call-list.ts'
import { takesRegion, versionOf, writes } from './operations.ts'

/** What became of one call of a list. */
export type Played =
  | { readonly is: 'answered'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  /** No answer, or the call could not be made because of what came before. */
  | { readonly is: 'not-answered'; readonly why: string }

export interface Player {
  play(call: ListedCall): Promise<Played>
  /** The placeholder of each value that has one: what calls kept, and variables of the environment. */
  readonly roles: ReadonlyMap<string, string>
}

export interface PlayerOptions {
  readonly caller: Pick<Caller, 'call'>
  readonly regionId: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds from the begin of one request to the next. */
  readonly pauseMs: number
  /** How often one call is made at most. */
  readonly attempts: number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly monotonic: () => number
}

/** A shorter text occurs by chance where it does not mean the value. */
const shortestRole = 4
const firstWaitMs = 1000
const longestWaitMs = 30_000

/** Makes the calls of a list one after the other, and fills in what earlier answers gave. */
export function createPlayer(options: PlayerOptions): Player {
  const { caller, regionId, environment } = options
  const kept = new Map<string, string>()
  const roles = new Map<string, string>()
  let nextAt = Number.NEGATIVE_INFINITY

  function lookUp({ is, name }: Placeholder): string | undefined {
    if (is === 'kept') return name === 'region' ? regionId : kept.get(name)
    const value = environment[name]
    if (value !== undefined) remember(`{env:${name}}`, value)
    return value
  }
  function remember(role: string, value: string): void {
    if (value.length >= shortestRole && value !== regionId && !roles.has(value)) roles.set(value, role)
  }

  async function send(action: string, params: ApiParams): Promise<Called> {
    await options.sleep(Math.max(0, nextAt - options.monotonic()))
    nextAt = options.monotonic() + options.pauseMs
    return caller.call(regionId, action, params, { version: versionOf(action) })
  }

  /** A call that writes is repeated only when it is known not to have been carried out. */
  async function sendUntilAnswered(action: string, params: ApiParams): Promise<Called> {
    for (let attempt = 1; ; attempt++) {
      const called = await send(action, params)
      const again = called.is === 'answered' ? isThrottled(called) : called.is === 'not-sent' || !writes(action)
      if (!again || attempt >= options.attempts) return called
      const asked = called.is === 'answered' ? called.retryAfterMs : undefined
      await options.sleep(Math.min(longestWaitMs, asked ?? firstWaitMs * 2 ** (attempt - 1)))
    }
  }

  return {
    roles,
    async play({ action, params: listed, keep }) {
      const params: Record<string, string> = {}
      const withRegion = takesRegion(action) && listed['RegionId'] === undefined ? { RegionId: '{region}' } : {}
      for (const [name, value] of Object.entries({ ...withRegion, ...listed })) {
        const one = filled(value, lookUp)
        if ('lacks' in one) return { is: 'not-answered', why: whyLacking(one.lacks) }
        params[name] = one.value
      }
      const called = await sendUntilAnswered(action, params)
      if (called.is !== 'answered') return { is: 'not-answered', why: called.why }
      const { status, body } = called
      for (const [name, expression] of Object.entries(status < 400 ? keep : {})) {
        const value = selected(body, expression)?.value
        if (typeof value !== 'string' && typeof value !== 'number') continue
        kept.set(name, String(value))
        remember(`{${name}}`, String(value))
      }
      return { is: 'answered', status, body }
    },
  }
}

function isThrottled({ status, code }: { readonly status: number; readonly code: string | undefined }): boolean {
  return status === 429 || status === 503 || /^Throttling/.test(code ?? '')
}

function whyLacking({ is, name }: Placeholder): string {
  return is === 'env' ? `the variable ${name} is not set` : `no earlier answer had a value for {${name}}`
}

/** Variables of the environment that the calls need. */
export function variablesOf(calls: readonly Pick<ListedCall, 'params'>[]): readonly string[] {
  const all = calls.flatMap(({ params }) => Object.values(params).flatMap(placeholdersIn))
  return [...new Set(all.filter(({ is }) => is === 'env').map(({ name }) => name))]
}
