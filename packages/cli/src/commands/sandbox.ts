import { join } from 'node:path'
import { backgroundTimers } from '@opensag/protocol'
import { startServer } from '@opensag/server'
import { Command } from 'commander'
import { findCredentials, keepCredentials } from '../credentials.ts'
import { createLogger, stopSignal } from '../process.ts'
import { seedDemoFleet } from '../sandbox/demo-fleet.ts'
import { createSandboxFleet } from '../sandbox/simulation.ts'
import { welcome } from '../sandbox/welcome.ts'
import { authorityNote, renewDaily, tlsFrom } from '../server-tls.ts'
import { requireUsable } from '../settings/check.ts'
import { addSettingFlags, settingsFrom } from '../settings/flags.ts'
import { openTracingFrom } from '../tracing.ts'
import { commandAbouts } from './names.ts'
import { serverOptions } from './server.ts'

/** `opensag sandbox`: the same server with a simulated fleet. */
export function sandboxCommand(): Command {
  return addSettingFlags(new Command('sandbox'), 'sandbox')
    .description(commandAbouts.sandbox)
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsFrom('sandbox', options)
      const { data } = settings
      const logger = createLogger(settings.logLevel)
      await requireUsable(settings, Date.now(), (text) => logger.warn(text))
      const simulation = createSandboxFleet()
      const stopped = stopSignal()
      // Healthy means that the whole fleet can be called.
      let ready = false
      const server = await startServer({
        ...serverOptions(settings, logger),
        tls: await tlsFrom(settings),
        openTracing: await openTracingFrom(process.env),
        shop: true,
        simulation,
        isReady: () => ready,
      })

      async function bringUp(): Promise<void> {
        await keepCredentials(join(data, 'credentials.json'), settings, server)
        const key = await findCredentials(data, {})
        const fleet = await simulation.start({ data, serverUrl: server.localUrl, logger })
        await seedDemoFleet(data, key, fleet)
        await Promise.race([fleet.allOnline(), patience()])
        ready = true
        renewDaily(server, settings, { logger, timers: backgroundTimers })
        const note = await authorityNote(settings)
        if (note !== undefined) console.log(note)
        console.log(await welcome(server, key, data))
      }

      try {
        await Promise.race([bringUp(), stopped])
        await stopped
      } finally {
        // Its gateways are there until the calls that need them have been answered.
        await server.close()
        await simulation.close()
      }
    })
}

/** A gateway that cannot come online must not keep the others from being used; the device list shows which it is. */
function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 30_000).unref()
  })
}
