import { randomInt } from 'node:crypto'
import { startSimulatedFleet } from '@opensag/agent'
import { createChance } from '@opensag/chaos/random'
import { type Simulation, startServer } from '@opensag/server'
import { smartagClient } from '@opensag/smartag-client'
import { pino } from 'pino'
import { makeDataFolder } from './data-folder.ts'
import { addFleet, createBoxes, oldestMs, specsOf } from './fleet.ts'
import type { OwnGateway } from './gateway.ts'
import { operatorOf } from './operator.ts'
import type { Fault, OpenSag, StartOptions } from './types.ts'

const faults: readonly Fault[] = ['no-power', 'disk-full', 'sync-fails', 'hangs', 'edited']

/** A server of its own for one test, in this process, with its gateways. */
export async function start(options: StartOptions = {}): Promise<OpenSag> {
  const { regionId = 'cn-shanghai', answerWithinMs, seed = randomInt(2 ** 31) } = options
  const specs = specsOf(options.fleet)
  const logger = pino({ level: 'silent' })
  const chance = createChance(seed)
  const boxes = createBoxes()
  let behindMs = oldestMs(specs)
  const wallClock = (): number => Date.now() - behindMs

  const open: (() => Promise<void>)[] = []
  /** The last that was opened is closed first, once. */
  async function stop(): Promise<void> {
    for (const close of open.splice(0).reverse()) await close()
  }

  try {
    const folder = await makeDataFolder()
    open.push(folder.remove)
    const server = await startServer({
      data: folder.path,
      host: '127.0.0.1',
      port: 0,
      regionId,
      shop: true,
      heartbeatMs: 15_000,
      ...(answerWithinMs === undefined ? {} : { answerMs: answerWithinMs }),
      // It keeps little, and nobody looks after what else is on this disk.
      diskFloor: 0,
      simulation: notByOperator,
      wallClock,
      logger,
    })
    open.push(() => server.close())
    const first = server.firstCredentials
    if (first === undefined) throw new Error('The data folder was not empty.')
    const key = { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
    const client = smartagClient({ endpoint: server.url, key, now: wallClock })
    const operator = operatorOf(folder.path)
    const fleet = await startSimulatedFleet({
      serverUrl: `${server.url.replace('http', 'ws')}/channel`,
      consoles: true,
      wallClock,
      logger,
      parts: (serial, { disk }) => boxes.of(serial, disk).parts,
    })
    open.push(
      () => fleet.close(),
      async () => boxes.repair(),
    )
    const setBehind = (milliseconds: number): void => {
      behindMs = milliseconds
    }
    const gateways = await addFleet(specs, { fleet, boxes, operator, client, regionId, setBehind })

    return {
      endpoint: server.url,
      regionId,
      accountId: first.accountId,
      key,
      client,
      seed,
      gateways,
      gateway(name) {
        const found = gateways.find((gateway) => gateway.name === name)
        if (found === undefined) throw new Error(`There is no gateway ${name}.`)
        return found
      },
      async breakSome(count) {
        const chosen = choose(gateways, count, chance.below)
        return Promise.all(
          chosen.map(async ({ gateway, fault }) => {
            await gateway.break(fault)
            return { gateway, fault }
          }),
        )
      },
      clock: {
        now: async () => dateIn(await operator('clock show')),
        advance: async ({ days = 0, hours = 0 }) => dateIn(await operator('clock advance', { days, hours })),
      },
      operator,
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** As many whole gateways as asked for, each with a fault. */
function choose(
  gateways: readonly OwnGateway[],
  count: number,
  below: (below: number) => number,
): readonly { readonly gateway: OwnGateway; readonly fault: Fault }[] {
  const whole = gateways.filter((gateway) => gateway.isWhole())
  if (count > whole.length) throw new RangeError(`Only ${whole.length} gateways are whole.`)
  return Array.from({ length: count }, () => {
    const [gateway] = whole.splice(below(whole.length), 1) as [OwnGateway]
    return { gateway, fault: faults[below(faults.length)] as Fault }
  })
}

function dateIn(shown: unknown): Date {
  return new Date((shown as { readonly now: string }).now)
}

/** It makes this a sandbox, with a clock to move. Gateways are moved by the test itself. */
const notByOperator: Simulation = {
  add: refuse,
  power: refuse,
  edit: refuse,
  setVersion: refuse,
  rendered: refuse,
  setAnswers: refuse,
  has: () => true,
}

async function refuse(): Promise<never> {
  throw new Error('Use the gateways of OpenSag.start for that.')
}
