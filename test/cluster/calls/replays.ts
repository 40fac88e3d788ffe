import type { Chance } from '../../../packages/chaos/src/random.ts'
import type { Credentials } from '../../support/sandbox.ts'
import { signedBody } from '../../support/signed-request.ts'
import { sendBody } from './api.ts'

export interface Replays {
  /** A request that a node has answered with success. */
  remember(body: string): void
}

export interface ReplayTally {
  readonly refused: number
  readonly unanswered: number
  /** Requests that were accepted a second time, with where. */
  readonly accepted: readonly string[]
}

const kept = 200

/** Sends what was answered once more, to any node, and new requests to two nodes at the same moment. */
export function startReplays(
  credentials: Credentials,
  urls: readonly string[],
  chance: Chance,
  isOver: () => boolean,
): Replays & { readonly done: Promise<ReplayTally> } {
  const answered: string[] = []
  const accepted: string[] = []
  let [refused, unanswered] = [0, 0]
  const nodeOf = (): string => urls[chance.below(urls.length)] ?? ''

  async function replay(): Promise<void> {
    const body = answered[chance.below(answered.length)]
    if (body === undefined) return twice()
    const url = nodeOf()
    const told = await sendBody(url, body)
    if (told.is === 'success') accepted.push(`a replay at ${url}`)
    else if (told.is === 'failure' && told.code === 'SignatureNonceUsed') refused++
    else unanswered++
  }

  async function twice(): Promise<void> {
    const body = signedBody(credentials, 'DescribeRegions', {})
    const told = await Promise.all([sendBody(nodeOf(), body), sendBody(nodeOf(), body)])
    if (told.every(({ is }) => is === 'success')) accepted.push('a request sent twice at once')
    else if (told.some((one) => one.is === 'failure' && one.code === 'SignatureNonceUsed')) refused++
    else unanswered++
  }

  async function work(): Promise<ReplayTally> {
    while (!isOver()) {
      await (chance.below(3) === 0 ? twice() : replay())
      await new Promise((next) => setTimeout(next, 20))
    }
    return { refused, unanswered, accepted }
  }

  return {
    remember(body) {
      if (answered.length < kept) answered.push(body)
      else answered[chance.below(kept)] = body
    },
    done: work(),
  }
}
