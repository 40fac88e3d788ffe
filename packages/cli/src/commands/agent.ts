import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import {
  applyBy,
  consoleCodeFile,
  createCertification,
  createFileDisk,
  createFileVault,
  createLinuxAccountVault,
  keepLines,
  logOnly,
  restartBy,
  serveStatus,
  startGateway,
} from '@opensag/agent'
import type * as Network from '@opensag/agent/network'
import { Command, Option } from '../command.ts'
import {
  certificateFrom,
  enrolmentKeyFrom,
  logLevels,
  neededOption,
  serialNumber,
  serverUrl,
  setupFrom,
} from '../enrolled-options.ts'
import { UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { createLogger, stopSignal } from '../process.ts'
import { say, translated } from '../say.ts'
import { agentHealthCommand } from './agent-health.ts'
import { agentStatusCommand } from './agent-status.ts'
import { commandAbouts } from './names.ts'

/** What is enrolled is one file of the bundle: what one of the two loads beyond the other is little. */
export { popCommand } from './pop.ts'

interface AgentOptions {
  readonly server?: string
  readonly serial?: string
  readonly model: string
  readonly firmware: string
  readonly enrolmentKeyFile?: string
  readonly data: string
  readonly ca?: string
  readonly linuxAccount?: string
  readonly console?: string
  readonly consoleCert?: string
  readonly consoleKey?: string
  readonly network?: string
  readonly remove?: true
  readonly applyCommand?: readonly string[]
  readonly rebootCommand?: readonly string[]
  readonly upgradeCommand?: readonly string[]
  readonly logLevel: string
}

const variable = (name: string): string | undefined => process.env[`OPENSAG_AGENT_${name}`]

function dataFolder(): string {
  return variable('DATA') ?? '.opensag-agent'
}

/** `opensag agent`: the program on a gateway. */
export function agentCommand(): Command {
  return new Command('agent')
    .description(commandAbouts.agent)
    .addCommand(agentStatusCommand(dataFolder()))
    .addCommand(agentHealthCommand(dataFolder()))
    .option('--server <url>', 'Server URL, e.g. wss://sag.example.com (OPENSAG_AGENT_SERVER)', variable('SERVER'))
    .option(
      '--serial <serial>',
      'Serial number of this gateway in the inventory (OPENSAG_AGENT_SERIAL)',
      variable('SERIAL'),
    )
    .option(
      '--enrolment-key-file <file>',
      'File that contains the enrolment key, or - to type it or read it from standard input; required until the gateway has enrolled',
    )
    .option('--model <model>', 'Model shown at the local console', 'sag-1000')
    .option(
      '--firmware <version>',
      'Firmware version reported to the server, four numbers (OPENSAG_AGENT_FIRMWARE)',
      variable('FIRMWARE') ?? '2.3.1.1',
    )
    .option('--data <folder>', 'Folder for the keys and settings of this gateway (OPENSAG_AGENT_DATA)', dataFolder())
    .option('--ca <file>', 'Certificate (PEM) of the private authority that signed the server certificate')
    .option(
      '--linux-account <name>',
      'Change the password of this Linux account (needs root); without it the password hash is kept in the data folder',
    )
    .option('--console <host:port>', 'Serve the local console on this address, e.g. 192.168.0.1:80')
    .option('--console-cert <file>', 'Certificate chain (PEM) for the local console; needs --console-key')
    .option('--console-key <file>', 'Private key (PEM) of that certificate; needs --console-cert')
    .option(
      '--network <file>',
      'Carry the traffic of the branch: JSON file that names the interfaces, {"lan": "eth1", "wan": "eth0"} (needs root; OPENSAG_AGENT_NETWORK)',
      variable('NETWORK'),
    )
    .option('--remove', 'Take away everything that --network has made in the network of this machine, and end')
    .option(
      '--apply-command <program...>',
      'Program and arguments that apply a configuration, given as JSON on standard input; without it the configuration is only stored',
    )
    .option(
      '--reboot-command <program...>',
      'Program and arguments that reboot this machine; without it the gateway refuses to reboot',
    )
    .option(
      '--upgrade-command <program...>',
      'Program and arguments that upgrade and restart this machine, given the firmware version as its last argument; without it the gateway refuses to upgrade',
    )
    .addOption(new Option('--log-level <level>', 'Log level').choices(logLevels).default('info'))
    .action(async (options: AgentOptions, command: Command) => {
      const { logger, lines } = keepLines(createLogger(options.logLevel))
      if (options.remove) return removeNetwork(logger)
      const stopped = stopSignal()
      // Everything a person may have got wrong, before the data folder is made.
      const { linuxAccount: account } = options
      const apply = programOf(options.applyCommand)
      const tls = await consoleTls(options)
      const setup = options.network === undefined ? undefined : await setupOf(options.network)
      if (setup !== undefined && apply !== undefined) {
        throw new UsageError(say('--network and --apply-command both apply the configuration: give one of them.'))
      }
      const given = {
        serverUrl: serverUrl(neededOption(command, '--server <url>', options.server)),
        serial: serialNumber(neededOption(command, '--serial <serial>', options.serial)),
        model: options.model,
        version: fourParts(options.firmware),
        console: options.console === undefined ? undefined : { ...place(options.console), tls },
        restart: restartBy(
          { reboot: programOf(options.rebootCommand), upgrade: programOf(options.upgradeCommand) },
          logger,
        ),
        ca: options.ca === undefined ? undefined : await certificateFrom(options.ca),
        enrolmentKey:
          options.enrolmentKeyFile === undefined ? undefined : await enrolmentKeyFrom(options.enrolmentKeyFile),
      }
      const disk = await createFileDisk(options.data)
      const certification = createCertification()
      const network =
        setup && (await networkOf(setup, { serial: given.serial, console: given.console, certification, disk, logger }))
      const gateway = await startGateway({
        ...given,
        applyConfig: network?.apply ?? (apply && applyBy(apply)),
        forwarding: network?.forwarding,
        certification: network && certification,
        networkState: network?.state,
        box: network?.box,
        dpi: network?.dpi,
        survey: network?.survey,
        routes: network?.routes,
        followHealth: network?.followHealth,
        prober: network?.prober,
        tools: network?.tools(lines) ?? logOnly(lines),
        disk,
        vault: account === undefined ? createFileVault({ disk }) : createLinuxAccountVault({ account }),
        logger,
        onState: ({ is, ...more }) => logger.info({ connection: is, ...more }, 'connection'),
      }).catch(async (error) => {
        await network?.close()
        throw error
      })
      console.log(say('Gateway {serial} keeps its state in {folder}.', { serial: given.serial, folder: options.data }))
      if (gateway.consoleUrl) console.log(say('Local console: {url}', { url: gateway.consoleUrl }))
      if (gateway.consoleUrl && !gateway.adminPassword.isSet()) {
        console.log(say('Its first visit needs the code in {file}.', { file: join(options.data, consoleCodeFile) }))
      }
      const status = await serveStatus({ folder: options.data, gateway, network: network?.status })
      await stopped
      await status.close()
      await gateway.stop()
      await network?.close()
      await disk.close()
    })
}

function programOf([program, ...args]: readonly string[] = []): readonly [string, ...string[]] | undefined {
  return program === undefined ? undefined : [program, ...args]
}

type GatewaySetup = ReturnType<typeof Network.readGatewaySetup>

async function setupOf(path: string): Promise<GatewaySetup> {
  const { readGatewaySetup } = await import('@opensag/agent/network')
  return setupFrom(path, readGatewaySetup)
}

async function networkOf(
  setup: GatewaySetup,
  given: Pick<Network.StartOptions, 'serial' | 'certification' | 'disk' | 'logger'> & {
    readonly console: { readonly port: number } | undefined
  },
): Promise<Network.GatewayNetwork> {
  const { runFolder, startGatewayNetwork } = await import('@opensag/agent/network')
  return startGatewayNetwork({ ...given, setup, folder: runFolder, consolePort: given.console?.port })
}

async function removeNetwork(logger: ReturnType<typeof createLogger>): Promise<void> {
  const { runFolder, takeGatewayAway } = await import('@opensag/agent/network')
  await takeGatewayAway(runFolder, logger)
  console.log(translated('Nothing of a gateway is left in the network of this machine.'))
}

async function consoleTls({
  console: at,
  consoleCert,
  consoleKey,
}: AgentOptions): Promise<{ readonly cert: string; readonly key: string } | undefined> {
  if (consoleCert === undefined && consoleKey === undefined) return undefined
  if (at === undefined) throw new UsageError(say('--console-cert and --console-key need --console.'))
  if (consoleCert === undefined || consoleKey === undefined) {
    throw new UsageError(say('--console-cert and --console-key must be given together.'))
  }
  // One after the other: of two mistakes the same one is told each time.
  const cert = await namedFile(consoleCert, '--console-cert')
  const key = await namedFile(consoleKey, '--console-key')
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new UsageError(
      say('--console-cert and --console-key do not go together: {why}.', { why: (error as Error).message }),
    )
  }
  return { cert, key }
}

function fourParts(version: string): string {
  if (!/^\d{1,5}(\.\d{1,5}){3}$/.test(version))
    throw new UsageError(say('--firmware: a version has four numbers, e.g. 2.3.1.1.'))
  return version
}

function place(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  if (!found || port > 65_535) throw new UsageError(say('--console: "{text}" is not host:port.', { text }))
  return { host: found[1] ?? found[2] ?? '', port }
}
