import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, vi } from 'vitest'
import { type Harness, openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { meetings } from './meetings.suite.ts'

// It takes its time, in which other calls come to their turn, but not tens of milliseconds of a processor.
vi.mock('../../packages/server/src/access/client-passwords.ts', () => ({
  hashClientPassword: () => setImmediate('the hash'),
}))

describe('calls that meet at one node', () => {
  let world: Harness
  beforeAll(async () => {
    world = await openHarness()
  })
  afterAll(() => world?.close())
  meetings(() => [world])
})
