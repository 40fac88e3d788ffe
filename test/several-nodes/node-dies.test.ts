import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { killOne } from '../../bench/src/nodes/death.ts'
import { startWorld, type World } from '../../bench/src/nodes/world.ts'
import { home } from '../../bench/src/peers.ts'
import { whereIs } from '../cluster/lack.ts'
import { postgresBin } from '../postgres/server.ts'
import { limit } from '../support/time.ts'

const lack =
  postgresBin === undefined || whereIs('nats-server') === undefined || whereIs('haproxy') === undefined
    ? 'enable with: apt-get install -y postgresql nats-server haproxy'
    : undefined
/** The same with 20,000: `npm run bench -- --only nodes --long`. */
const gateways = 300

describe.skipIf(lack !== undefined)(
  `three nodes behind HAProxy, ${gateways} gateways${lack ? ` (${lack})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'opensag-node-dies-'))
    let world: World
    beforeAll(async () => {
      world = await startWorld({ root: home, folder, gateways })
    }, limit(240_000))
    afterAll(async () => {
      await world?.close()
      rmSync(folder, { recursive: true, force: true })
    }, limit(60_000))

    test(
      'one node killed: all its gateways are back at the others and answer there, each owned once, while calls are answered',
      async () => {
        const death = await killOne(world, { perSecond: 10, calmMs: 2000, withinMs: limit(150_000) })
        const { lost, twice, held, survivors, reached } = death
        // They were spread: that one died was felt.
        expect(lost).toBeGreaterThan(gateways / 6)

        expect(twice).toEqual([])
        expect(held.map(({ said }) => said)).toEqual(held.map(({ recorded }) => recorded))
        expect(held.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(gateways)
        // Neither took them all.
        expect(Math.max(...held.map(({ recorded }) => recorded))).toBeLessThan((2 / 3) * gateways)

        expect(reached.failed).toEqual([])
        expect(reached.ofTheLost).toBeGreaterThan(0)

        for (const { ready, looks } of survivors) expect(ready / looks).toBeGreaterThan(0.9)
        const [during, after] = [death.calls.get('during'), death.calls.get('after')]
        for (const window of [during?.reads, during?.writes]) {
          // Those that the killed node had taken get no answer.
          expect((window?.refused ?? 0) + (window?.unanswered ?? 0)).toBeLessThan((window?.calls ?? 0) / 2)
        }
        for (const window of [after?.reads, after?.writes]) expect(window).toMatchObject({ refused: 0, unanswered: 0 })
      },
      limit(300_000),
    )
  },
)
