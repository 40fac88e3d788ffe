import type { HaConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import { configOf, openWorld, reaches, type TestWorld, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

const none = { mode: 'NONE' } as const
const inBranch = { mode: 'STATIC', port: 'lan', ip: '172.16.1.251' } as const
const atLine = { mode: 'STATIC', port: 'wan', ip: '192.0.2.99' } as const

describe.skipIf(lack !== undefined)(`the address of a pair of gateways${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    await world.internet.ip(['address add 192.0.2.98/24 dev eth0'])
  }, limit(60_000))

  afterAll(async () => {
    await world?.close()
  }, limit(60_000))

  async function apply(ha: HaConfig, isAlone = false): Promise<BoxFacts> {
    const config = configOf({ box: { ha }, ...(isAlone ? {} : { pair: { router: 1, role: 'main' } }) })
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  test(
    'the gateway that carries the branch has the address that is set, at the port that is set, and answers there',
    async () => {
      expect((await apply(inBranch)).ha).toEqual(inBranch)
      await until('it answers in the branch', () => reaches(world.router, inBranch.ip))
      expect((await apply(atLine)).ha).toEqual(atLine)
      await until('it answers on the line', () => reaches(world.internet, atLine.ip))
      expect(await reaches(world.router, inBranch.ip)).toBe(false)
      // The blocks are shared as before.
      expect(await reaches(world.router, '172.16.1.1')).toBe(true)
      expect((await apply(none)).ha).toEqual(none)
      expect(await reaches(world.internet, atLine.ip)).toBe(false)
    },
    limit(60_000),
  )

  test(
    'one gateway alone has no such address, nor has it at a port that is none of them, and it says so',
    async () => {
      const alone = await apply(inBranch, true)
      expect([alone.ha, alone.refused.map(({ section }) => section)]).toEqual([none, ['ha']])
      expect((await apply({ ...inBranch, port: 'eth9' })).refused).toEqual([
        { section: 'ha', reason: 'eth9 of this machine can have no such address.' },
      ])
      expect((await apply({ mode: 'DYNAMIC' })).refused.map(({ section }) => section)).toEqual(['ha'])
      expect(await world.gateway.addresses('lan')).not.toContain(inBranch.ip)
    },
    limit(60_000),
  )
})
