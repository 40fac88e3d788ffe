import { describe, expect, test } from 'vitest'
import { api } from '../../packages/server/src/declare/index.ts'
import {
  doorOptions,
  type Echo,
  echo,
  openDoor,
  type TestOptions,
} from '../../packages/server/src/rpc/testing/door.suite.ts'
import { exchange } from '../../packages/server/src/rpc/testing/raw-http.suite.ts'
import { actionOf, credentialsOf, onTheWire, type Vector, versionOf } from './vector.ts'

/** A front door at the time of the vector, which knows its key and its operation and nothing else. */
export function doorOf(vector: Vector): { readonly options: TestOptions; readonly operation: Echo } {
  const action = actionOf(vector)
  const operation = echo(action)
  const version = versionOf(vector)
  const options = doorOptions({
    apis: new Map([[version, api('Smartag', version, [operation])]]),
    credentials: credentialsOf(vector),
    wallClock: () => Date.parse(vector.timestamp),
  })
  return { options, operation }
}

/** Every vector, sent again byte for byte over a socket, is accepted and understood. */
export function describeAcceptance(name: string, vectors: readonly Vector[]): void {
  describe(`${name}: accepted when sent again byte for byte`, () => {
    for (const vector of vectors) {
      test(`${vector.id} (${vector.tags.join(', ')})`, async () => {
        const { options, operation } = doorOf(vector)
        const door = await openDoor(options)
        try {
          const { responses } = await exchange(door.port, onTheWire(vector), { answers: 1 })
          expect(responses[0]?.body).not.toContain('<Code>')
          expect(responses).toMatchObject([{ status: 200 }])
        } finally {
          await door.close()
        }
        const { Signature: _, ...seen } = Object.fromEntries(operation.seen[0] ?? [])
        expect(seen).toMatchObject(vector.params)
        const burnt = vector.scheme === 'V1-BEARER' ? [] : [vector.nonce]
        expect(options.store.burnt.map(({ nonce }) => nonce)).toEqual(burnt)
      })
    }
  })
}
