import { join } from 'node:path'
import { startServer } from '@opensag/server'
import { Command } from 'commander'
import { findCredentials, keepCredentials } from '../credentials.ts'
import { createLogger, untilStopped } from '../process.ts'
import { seedDemoFleet } from '../sandbox/demo-fleet.ts'
import { createSandboxFleet } from '../sandbox/simulation.ts'
import { welcome } from '../sandbox/welcome.ts'
import { addSettingFlags, settingsFrom } from '../settings/flags.ts'
import { serverOptions } from './server.ts'

/** `opensag sandbox`: the same server with a simulated fleet, on this machine only. */
export function sandboxCommand(): Command {
  return addSettingFlags(new Command('sandbox'), 'sandbox')
    .description('Run a server with a small simulated fleet, ready to call.')
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsFrom('sandbox', options)
      const { data } = settings
      const logger = createLogger(settings.logLevel)
      const simulation = createSandboxFleet()
      const server = await startServer({ ...serverOptions(settings, logger), simulation })
      const close = async (): Promise<void> => {
        await simulation.close()
        await server.close()
      }
      try {
        await keepCredentials(join(data, 'credentials.json'), server)
        const key = await findCredentials(data, {})
        const fleet = await simulation.start({ data, serverUrl: server.url, logger })
        for (const image of await seedDemoFleet(data, key)) {
          if (!fleet.has(image.serial)) await fleet.add({ ...image, enrolmentKey: image.secretKey })
        }
        await fleet.allOnline()
        console.log(await welcome(server, key))
      } catch (error) {
        await close()
        throw error
      }
      await untilStopped(close)
    })
}
