import { availableParallelism } from 'node:os'
import type { GatewayDescription } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { channelUrl } from '../channel-url.ts'
import { Command, Option } from '../command.ts'
import { UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { askOperator } from '../operator-client.ts'
import { createLogger, untilStopped } from '../process.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'
import { type ChaosOptions, chaosHelp, simulateChaos } from './simulate-chaos.ts'

interface SimulateOptions extends ChaosOptions {
  readonly server?: string
  readonly gateways?: string
  readonly count?: string
  readonly data: string
  readonly model: string
  readonly firmware: string
  readonly prefix: string
  readonly folder?: string
  readonly consoles?: boolean
  readonly ca?: string
  readonly logLevel: string
}

/** `opensag simulate`: many gateways in one process, against any server; or the protocol itself, with all that can break. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description(commandAbouts.simulate)
    .option('--server <url>', 'Server URL, e.g. ws://127.0.0.1:7240 or wss://sag.example.com')
    .option('--gateways <file>', 'File with one JSON line per gateway: serial, model, version, enrolmentKey')
    .option('--count <n>', 'Number of new gateways to add to the inventory of the server that runs on --data')
    .option('--data <folder>', 'Data folder of that server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .option('--model <model>', 'Model of the new gateways', 'sag-1000')
    .option('--firmware <version>', 'Firmware version of the new gateways', '2.3.1.1')
    .addOption(
      new Option('--prefix <text>', 'First part of the serial numbers of the new gateways').default(
        `sim${Date.now().toString(36)}`,
        'sim and the time',
      ),
    )
    .option('--folder <folder>', 'Folder for the disks of the gateways; without it the disks are in memory')
    .option('--consoles', 'Serve the local console of each gateway on a port of 127.0.0.1')
    .option('--ca <file>', 'Certificate (PEM) of the private authority that signed the server certificate')
    .option('--log-level <level>', 'fatal, error, warn, info, debug or trace', 'warn')
    .option('--chaos', 'Test the protocol in a simulation with every kind of fault; runs no gateways')
    .option('--seed <n>', 'With --chaos: random seed; the same seed gives the same schedules')
    .option('--schedules <n>', 'With --chaos: number of schedules', '100000')
    .addOption(
      new Option('--threads <n>', 'With --chaos: number of threads').default(
        String(availableParallelism()),
        'one for each processor',
      ),
    )
    .option('--minutes <n>', 'With --chaos: run for this many minutes instead of a number of schedules')
    .option('--glue', 'With --chaos: also run the code around the state machines')
    .option('--nodes', 'With --chaos: run that code on several server nodes with one store and one bus')
    .option('--replay <schedule>', 'With --chaos: replay <subject>:<seed> or a corpus entry, and print a trace')
    .addHelpText('after', chaosHelp)
    .action(async (options: SimulateOptions) => {
      if (options.chaos === true) return simulateChaos(options)
      if (options.server === undefined) throw new UsageError('No server given. Give --server, or --chaos.')
      const gateways = [...(await fromFile(options.gateways)), ...(await newOnes(options))]
      if (gateways.length === 0 && options.folder === undefined) {
        throw new UsageError('No gateways given. Give --gateways, --count, or a --folder that contains gateways.')
      }
      const started = Date.now()
      const { startSimulatedFleet } = await import('@opensag/agent')
      const fleet = await startSimulatedFleet({
        folder: options.folder,
        gateways,
        serverUrl: channelUrl(options.server),
        ca: options.ca === undefined ? undefined : await namedFile(options.ca, '--ca'),
        consoles: options.consoles === true,
        logger: createLogger(options.logLevel),
      })
      const stopped = untilStopped(() => fleet.close())
      await Promise.race([fleet.allOnline(), stopped])
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(say('{count} gateways, all online after {seconds} s.', { count: fleet.list().length, seconds }))
      await stopped
    })
}

const description = z.object({ serial: z.string(), model: z.string(), version: z.string(), enrolmentKey: z.string() })

async function fromFile(path: string | undefined): Promise<readonly GatewayDescription[]> {
  if (path === undefined) return []
  const lines = (await namedFile(path, '--gateways')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    try {
      const found = description.parse(JSON.parse(line))
      return { ...found, enrolmentKey: Secret.of(found.enrolmentKey) }
    } catch {
      // Not quoted: the line holds a key.
      throw new UsageError(`${path}, line ${index + 1}: not a gateway with serial, model, version and enrolmentKey.`)
    }
  })
}

async function newOnes(options: SimulateOptions): Promise<readonly GatewayDescription[]> {
  if (options.count === undefined) return []
  const count = Number(options.count)
  if (!Number.isInteger(count) || count < 1) throw new UsageError('--count: a whole number of at least 1 is needed.')
  const gateways: GatewayDescription[] = []
  for (let index = 0; index < count; index++) {
    const serial = `${options.prefix}${String(index).padStart(5, '0')}`
    const asked = { serial, model: options.model, version: options.firmware, real: true }
    const added = (await askOperator(options.data, 'device add', asked)) as { readonly enrolmentKey: string }
    gateways.push({ ...asked, enrolmentKey: Secret.of(added.enrolmentKey) })
  }
  return gateways
}
