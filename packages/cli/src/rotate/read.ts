import { type Backoff, meaningOf, pauseBefore } from '@opensag/rotation'
import type { ApiParams } from '../api-client.ts'
import { CommandFailure } from '../exit.ts'
import { say } from '../say.ts'
import type { Answered, Caller } from './call.ts'

export interface ReaderOptions {
  readonly caller: Caller
  readonly attempts: number
  readonly backoff: Backoff
  readonly pause: (ms: number) => Promise<void>
  /** From 0 up to 1. */
  readonly chance: () => number
}

/** Calls that change nothing: repeated on whatever may pass. */
export interface Reader {
  /** The answer, be it a success or a refusal. @throws CommandFailure when none came. */
  ask(regionId: string, action: string, params: ApiParams, version?: string): Promise<Answered>
  /** The body of a success. @throws CommandFailure */
  read(regionId: string, action: string, params: ApiParams): Promise<Readonly<Record<string, unknown>>>
}

export function createReader({ caller, attempts, backoff, pause, chance }: ReaderOptions): Reader {
  async function ask(regionId: string, action: string, params: ApiParams, version?: string): Promise<Answered> {
    for (let attempt = 1; ; attempt++) {
      const called = await caller.call(regionId, action, params, { version })
      if (called.is === 'answered') {
        const meaning = meaningOf(called)
        if ((meaning !== 'again' && meaning !== 'unclear') || attempt >= attempts) return called
      } else if (attempt >= attempts) {
        throw new CommandFailure(
          say('{action} in {regionId}: the endpoint does not answer ({why}).', { action, regionId, why: called.why }),
        )
      }
      const askedMs = called.is === 'answered' ? (called.retryAfterMs ?? 0) : 0
      await pause(pauseBefore(backoff, { attempt, chance: chance(), askedMs }))
    }
  }

  return {
    ask,
    async read(regionId, action, params) {
      const answer = await ask(regionId, action, params)
      if (meaningOf(answer) === 'changed') return answer.body
      throw new CommandFailure(`${action} in ${regionId}: ${shownRefusal(answer)}`)
    },
  }
}

export function shownRefusal({ status, code, message }: Answered): string {
  return code === undefined ? `HTTP status ${status}` : `${code}${message === undefined ? '' : `: ${message}`}`
}
