import { readFileSync } from 'node:fs'
import type { Credentials } from '../../support/sandbox.ts'
import { signedBody } from '../../support/signed-request.ts'
import { sendBody } from './api.ts'

export interface ServiceGaps {
  /** The longest time without a write that succeeded, in milliseconds, since this was last asked. */
  takeLongest(): number
  readonly done: Promise<void>
}

const probes = 4
/** Milliseconds; a probe does not wait for a node that is frozen, as another one may serve. */
const longestTry = 3000

/** Callers at the load balancer that repeat a write until it succeeds, as a client that does not give up sees the service. */
export function watchService(
  credentials: Credentials,
  url: string,
  caFile: string,
  instances: readonly string[],
  isOver: () => boolean,
): ServiceGaps {
  const ca = readFileSync(caFile)
  let last = performance.now()
  let longest = 0

  async function probe(index: number): Promise<void> {
    for (let count = 0; !isOver(); count++) {
      const params = { SmartAGId: instances[index] ?? '', Name: `probe${count}` }
      const told = await sendBody(url, signedBody(credentials, 'ModifySmartAccessGateway', params), ca, longestTry)
      const now = performance.now()
      if (told.is === 'success') {
        longest = Math.max(longest, now - last)
        last = now
      }
      await new Promise((next) => setTimeout(next, 50))
    }
  }

  return {
    takeLongest() {
      const found = Math.max(longest, performance.now() - last)
      longest = 0
      return found
    },
    done: Promise.all(Array.from({ length: probes }, (_, index) => probe(index))).then(() => undefined),
  }
}
