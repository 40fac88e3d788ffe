import { join } from 'node:path'
import { backgroundTimers } from '@opensag/protocol'
import { startServer } from '@opensag/server'
import { Command } from '../command.ts'
import { findCredentials, keepCredentials } from '../credentials.ts'
import { createLogger, stopSignal } from '../process.ts'
import { seedDemoFleet } from '../sandbox/demo-fleet.ts'
import { readyLine } from '../sandbox/ready-line.ts'
import { createSandboxFleet } from '../sandbox/simulation.ts'
import { welcome } from '../sandbox/welcome.ts'
import { authorityNote, renewDaily, tlsFrom } from '../server-tls.ts'
import { requireUsable } from '../settings/check.ts'
import { addSettingFlags, settingsFrom } from '../settings/flags.ts'
import { singleSignOnFrom } from '../single-sign-on.ts'
import { openTracingFrom } from '../tracing.ts'
import { commandAbouts } from './names.ts'
import { serverOptions } from './server.ts'

/** `opensag sandbox`: the same server with a simulated fleet. */
export function sandboxCommand(): Command {
  return addSettingFlags(new Command('sandbox'), 'sandbox')
    .description(commandAbouts.sandbox)
    .option('--json', 'Print one JSON line when ready, for programs: endpoint, region, key file, gateways')
    .option(
      '--until-stdin-ends',
      'Stop when standard input ends, as it does when the program that started this one ends',
    )
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsFrom('sandbox', options)
      const { data } = settings
      const logger = createLogger(settings.logLevel)
      await requireUsable(settings, Date.now(), (text) => logger.warn(text))
      const simulation = createSandboxFleet()
      const signal = stopSignal()
      const stopped = options['untilStdinEnds'] === true ? Promise.race([signal, endOf(process.stdin)]) : signal
      // Healthy means that the whole fleet can be called.
      let ready = false
      const server = await startServer({
        ...serverOptions(settings, logger),
        tls: await tlsFrom(settings),
        openTracing: await openTracingFrom(process.env),
        singleSignOn: await singleSignOnFrom(settings),
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
        if (options['json'] === true) return console.log(await readyLine(server.url, key, settings))
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

/** Resolves when nothing more can come: the other end is closed, by its program or by the end of that program. */
async function endOf(input: NodeJS.ReadStream): Promise<void> {
  input.on('error', () => undefined).resume()
  await new Promise((ended) => input.once('close', ended).once('end', ended))
}

/** A gateway that cannot come online must not keep the others from being used; the device list shows which it is. */
function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 30_000).unref()
  })
}
