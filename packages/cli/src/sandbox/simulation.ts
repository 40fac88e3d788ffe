import { join } from 'node:path'
import { type SimulatedFleet, startSimulatedFleet, UnusableSettings } from '@opensag/agent'
import { OperatorRefusal, type Simulation } from '@opensag/server'
import type { Logger } from 'pino'
import { channelUrl } from '../channel-url.ts'

/** The simulated gateways of a sandbox. They connect like real ones, so they start after the server they belong to. */
export interface SandboxFleet extends Simulation {
  start(options: {
    readonly data: string
    readonly serverUrl: string
    readonly logger: Logger
  }): Promise<SimulatedFleet>
  close(): Promise<void>
}

export function createSandboxFleet(): SandboxFleet {
  let fleet: SimulatedFleet | undefined
  function running(): SimulatedFleet {
    if (fleet === undefined) throw new OperatorRefusal('The simulated gateways are not up yet. Try again.')
    return fleet
  }
  function powered(serial: string): SimulatedFleet {
    const found = running()
      .list()
      .find((one) => one.serial === serial)
    if (found?.power !== 'on') throw new OperatorRefusal(`The gateway ${serial} has no power.`)
    return running()
  }
  return {
    async start({ data, serverUrl, logger }) {
      fleet = await startSimulatedFleet({
        folder: join(data, 'fleet'),
        serverUrl: channelUrl(serverUrl),
        consoles: true,
        logger,
      })
      return fleet
    },
    has: (serial) => fleet?.has(serial) ?? false,
    add: (gateway) => running().add(gateway),
    power: (serial, on) => running().power(serial, on),
    setAnswers: (serial, address, answers) => running().setAnswers(serial, address, answers),
    setVersion: (serial, version) => running().setVersion(serial, version),
    rendered: (serial) => powered(serial).rendered(serial),
    async edit(serial, settings) {
      try {
        await powered(serial).edit(serial, settings)
      } catch (error) {
        if (error instanceof UnusableSettings) throw new OperatorRefusal(error.message)
        throw error
      }
    },
    close: async () => fleet?.close(),
  }
}
