import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type GatewayDescription, startSimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { Command } from 'commander'
import { z } from 'zod'
import { channelUrl } from '../channel-url.ts'
import { UsageError } from '../exit.ts'
import { askOperator } from '../operator-client.ts'
import { createLogger, untilStopped } from '../process.ts'
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
    .description('Run many simulated gateways in one process: the program of a real one, without a box.')
    .option('--server <url>', 'Server, e.g. ws://127.0.0.1:7240 or wss://sag.example.com')
    .option('--gateways <file>', 'JSON lines with serial, model, version and enrolmentKey of each gateway')
    .option('--count <n>', 'Put that many new gateways into the inventory of the server that runs on --data')
    .option('--data <folder>', 'Data folder of that server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .option('--model <model>', 'Model of the new gateways', 'sag-1000')
    .option('--firmware <version>', 'Firmware version of the new gateways', '2.3.1.1')
    .option('--prefix <text>', 'What their serial numbers begin with', `sim${Date.now().toString(36)}`)
    .option('--folder <folder>', 'Keep their disks there; without it they live in memory')
    .option('--consoles', 'Each serves its local console on a port of 127.0.0.1')
    .option('--ca <file>', 'Certificate (PEM) of a private authority that signed the server’s')
    .option('--log-level <level>', 'fatal, error, warn, info, debug or trace', 'warn')
    .option('--chaos', 'No gateways: prove the protocol, with everything that can break, by simulation')
    .option('--seed <n>', 'With --chaos: where all chance comes from; the same seed gives the same schedules')
    .option('--schedules <n>', 'With --chaos: how many schedules', '100000')
    .option('--threads <n>', 'With --chaos: how many at once', String(availableParallelism()))
    .option('--minutes <n>', 'With --chaos: run for so many minutes instead of a number of schedules')
    .option('--glue', 'With --chaos: run the code around the machines too')
    .option('--replay <schedule>', 'With --chaos: <subject>:<seed>, or the name of a corpus entry; prints a trace')
    .addHelpText('after', chaosHelp)
    .action(async (options: SimulateOptions) => {
      if (options.chaos === true) return simulateChaos(options)
      if (options.server === undefined) throw new UsageError('Which server? Give --server (or --chaos).')
      const gateways = [...(await fromFile(options.gateways)), ...(await newOnes(options))]
      if (gateways.length === 0 && options.folder === undefined) {
        throw new UsageError('Which gateways? Give --gateways, --count or a --folder that holds some.')
      }
      const started = Date.now()
      const fleet = await startSimulatedFleet({
        folder: options.folder,
        gateways,
        serverUrl: channelUrl(options.server),
        ca: options.ca === undefined ? undefined : await readFile(options.ca, 'utf8'),
        consoles: options.consoles === true,
        logger: createLogger(options.logLevel),
      })
      const stopped = untilStopped(() => fleet.close())
      await Promise.race([fleet.allOnline(), stopped])
      console.log(`${fleet.list().length} gateways, all online after ${((Date.now() - started) / 1000).toFixed(1)} s.`)
      await stopped
    })
}

const description = z.object({ serial: z.string(), model: z.string(), version: z.string(), enrolmentKey: z.string() })

async function fromFile(path: string | undefined): Promise<readonly GatewayDescription[]> {
  if (path === undefined) return []
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
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
  if (!Number.isInteger(count) || count < 1) throw new UsageError('--count: a whole number from 1 on.')
  const gateways: GatewayDescription[] = []
  for (let index = 0; index < count; index++) {
    const serial = `${options.prefix}${String(index).padStart(5, '0')}`
    const asked = { serial, model: options.model, version: options.firmware, real: true }
    const added = (await askOperator(options.data, 'device add', asked)) as { readonly enrolmentKey: string }
    gateways.push({ ...asked, enrolmentKey: Secret.of(added.enrolmentKey) })
  }
  return gateways
}
