import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import type { Told } from '../linux/fault-world.ts'
import { limit, until } from '../support/time.ts'
import { type Capture, startCapture } from './capture.ts'
import { whatNetworksNeed } from './lack.ts'
import { leaksAmong } from './leaks.ts'
import { type CloudHost, createMatrix } from './matrix.ts'
import { networkFaults } from './network-faults.ts'
import { type Branch, openWorld, type PopOfWorld, type World } from './world.ts'

const lack = whatNetworksNeed()
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const asked = process.env['OPENSAG_NETWORK_CHANGES']
const changes = Number(asked ?? 6)
/** Each with a fault when so many are asked for: what heals by itself may take minutes. */
const withFaults = asked !== undefined
/** After so many changes everything has to come to rest. */
const round = 4

describe.skipIf(lack !== undefined)(
  `${changes} changes of the network${withFaults ? ', each with a fault' : ''} (seed ${seed})${lack ? ` (${lack})` : ''}`,
  () => {
    const chance = createChance(seed)
    const one = <T>(of: readonly T[]): T => of[chance.below(of.length)] as T
    const branches: Branch[] = []
    const ccns: string[] = []
    const history: string[] = []
    let world: World
    let pop: PopOfWorld
    let clouds: readonly CloudHost[]
    let capture: Capture

    beforeAll(async () => {
      world = await openWorld()
      for (const name of ['first', 'second']) ccns.push(await world.addCcn(name))
      const networks = ccns.map((ccn, at) => ({ ccn, network: `10.${at + 1}.0` }))
      pop = await world.addPop('pop-one', networks)
      clouds = networks.map(({ ccn, network }, at) => {
        return { ccn, address: `${network}.10`, machine: pop.hosts[at] as CloudHost['machine'] }
      })
      for (const [at, serial] of ['sag-one', 'sag-two', 'sag-three'].entries()) {
        branches.push(await world.addBranch(serial, `172.16.${at}.0/24`, ccns[at % 2] as string))
      }
      capture = await startCapture(world.bench.internet, 'inet')
    }, limit(120_000))

    afterAll(async () => world?.close(), limit(60_000))

    /** One call, of any outcome but a defect: it may not be allowed, and the server may be dead. */
    async function change(): Promise<string> {
      const SmartAGId = one(branches).instance
      const CcnId = one(ccns)
      const calls = [
        ['ModifySmartAccessGateway', { SmartAGId, CidrBlock: `172.16.${chance.below(6)}.0/24` }],
        ['BindSmartAccessGateway', { SmartAGId, CcnId }],
        ['UnbindSmartAccessGateway', { SmartAGId, CcnId }],
        ['ModifyCloudConnectNetwork', { CcnId, InterworkingStatus: one(['enable', 'enable', 'disable']) }],
      ] as const
      const [action, params] = one([...calls, calls[0], calls[1]])
      const told: Told = await world.api.tell(action, params)
      if (told.is === 'failure') expect(told.code).not.toBe('InternalError')
      return `${action} ${JSON.stringify(params)}: ${told.is === 'failure' ? told.code : told.is}`
    }

    test(
      'at the end of each round packets flow exactly as the API tells',
      async () => {
        const matrix = createMatrix(world, branches, clouds)
        await matrix.settled()
        for (let done = 0; done < changes; done++) {
          const name = one(Object.keys(networkFaults))
          const [branch, delay, milliseconds] = [one(branches), chance.below(300), 200 + chance.below(2000)]
          const fault = withFaults
            ? pause(delay).then(() => networkFaults[name]?.({ world, pop, branch, milliseconds }))
            : undefined
          const [made] = await Promise.all([change(), fault])
          const what = withFaults ? `; after ${delay} ms ${name} (${branch.serial}, ${milliseconds} ms)` : ''
          history.push(made + what)
          if ((done + 1) % round !== 0 && done + 1 !== changes) continue
          await until('the server is there', async () => (await world.api.tell('DescribeRegions', {})).is === 'success')
          try {
            await matrix.settled()
          } catch (error) {
            const said = branches.map(({ serial, program }) => `${serial}:\n${program.output().slice(-4000)}`)
            const told = [...history, ...said, `the point of presence:\n${pop.program.output().slice(-4000)}`].join(
              '\n',
            )
            throw new Error(`seed ${seed}: ${(error as Error).message}\n${told}`, { cause: error })
          }
        }
      },
      limit(180_000 + changes * 15_000),
    )

    test('in all this time nothing has left in the clear', async () => {
      expect(leaksAmong(await capture.stop(), world.place.host)).toEqual([])
    })
  },
)
