import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import {
  applyBy,
  checkServerUrl,
  consoleCodeFile,
  createFileDisk,
  createFileVault,
  createLinuxAccountVault,
  rebootBy,
  startGateway,
} from '@opensag/agent'
import type { Secret } from '@opensag/protocol'
import { Command, Option } from 'commander'
import { channelUrl } from '../channel-url.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { createLogger, stopSignal } from '../process.ts'
import { readSecret, secretFromFile } from '../secret-input.ts'
import { commandAbouts } from './names.ts'

interface AgentOptions {
  readonly server: string
  readonly serial: string
  readonly model: string
  readonly firmware: string
  readonly enrolmentKeyFile?: string
  readonly data: string
  readonly ca?: string
  readonly linuxAccount?: string
  readonly console?: string
  readonly consoleCert?: string
  readonly consoleKey?: string
  readonly applyCommand?: readonly string[]
  readonly rebootCommand?: readonly string[]
  readonly logLevel: string
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const variable = (name: string): string | undefined => process.env[`OPENSAG_AGENT_${name}`]

/** `opensag agent`: the program on a gateway. */
export function agentCommand(): Command {
  return new Command('agent')
    .description(commandAbouts.agent)
    .requiredOption(
      '--server <url>',
      'Server URL, e.g. wss://sag.example.com (OPENSAG_AGENT_SERVER)',
      variable('SERVER'),
    )
    .requiredOption(
      '--serial <serial>',
      'Serial number of this gateway in the inventory (OPENSAG_AGENT_SERIAL)',
      variable('SERIAL'),
    )
    .option(
      '--enrolment-key-file <file>',
      'File that contains the enrolment key, or - to type it or read it from standard input; required until the gateway has enrolled',
    )
    .option('--model <model>', 'Model shown at the local console', 'sag-1000')
    .option('--firmware <version>', 'Firmware version reported to the server, four numbers', '2.3.1.1')
    .option(
      '--data <folder>',
      'Folder for the keys and settings of this gateway (OPENSAG_AGENT_DATA)',
      variable('DATA') ?? '.opensag-agent',
    )
    .option('--ca <file>', 'Certificate (PEM) of the private authority that signed the server certificate')
    .option(
      '--linux-account <name>',
      'Change the password of this Linux account (needs root); without it the password hash is kept in the data folder',
    )
    .option('--console <host:port>', 'Serve the local console on this address, e.g. 192.168.0.1:80')
    .option('--console-cert <file>', 'Certificate chain (PEM) for the local console; needs --console-key')
    .option('--console-key <file>', 'Private key (PEM) of that certificate; needs --console-cert')
    .option(
      '--apply-command <program...>',
      'Program and arguments that apply a configuration, given as JSON on standard input; without it the configuration is only stored',
    )
    .option(
      '--reboot-command <program...>',
      'Program and arguments that reboot this machine; without it the gateway refuses to reboot',
    )
    .addOption(new Option('--log-level <level>', 'Log level').choices(logLevels).default('info'))
    .action(async (options: AgentOptions) => {
      const logger = createLogger(options.logLevel)
      const stopped = stopSignal()
      // Everything a person may have got wrong, before the data folder is made.
      const { linuxAccount: account } = options
      const [reboot, ...rebootArguments] = options.rebootCommand ?? []
      const [apply, ...applyArguments] = options.applyCommand ?? []
      const tls = await consoleTls(options)
      const given = {
        serial: serialNumber(options.serial),
        model: options.model,
        version: fourParts(options.firmware),
        serverUrl: serverUrl(options.server),
        console: options.console === undefined ? undefined : { ...place(options.console), tls },
        applyConfig: apply === undefined ? undefined : applyBy([apply, ...applyArguments]),
        restart: reboot === undefined ? undefined : rebootBy([reboot, ...rebootArguments], logger),
        ca: options.ca === undefined ? undefined : await certificateFrom(options.ca),
        enrolmentKey:
          options.enrolmentKeyFile === undefined ? undefined : await enrolmentKeyFrom(options.enrolmentKeyFile),
      }
      const disk = await createFileDisk(options.data)
      const gateway = await startGateway({
        ...given,
        disk,
        vault: account === undefined ? createFileVault({ disk }) : createLinuxAccountVault({ account }),
        logger,
        onState: ({ is, ...more }) => logger.info({ connection: is, ...more }, 'connection'),
      })
      console.log(`Gateway ${options.serial} keeps its state in ${options.data}.`)
      if (gateway.consoleUrl) console.log(`Local console: ${gateway.consoleUrl}`)
      if (gateway.consoleUrl && !gateway.adminPassword.isSet()) {
        console.log(`Its first visit needs the code in ${join(options.data, consoleCodeFile)}.`)
      }
      await stopped
      await gateway.stop()
      await disk.close()
    })
}

function serverUrl(server: string): string {
  const url = channelUrl(server)
  try {
    checkServerUrl(url)
  } catch (error) {
    throw new UsageError(`--server: ${(error as Error).message}`)
  }
  return url
}

/** As the inventory of the server takes it. */
function serialNumber(text: string): string {
  if (/^[A-Za-z0-9-]{4,64}$/.test(text)) return text
  throw new UsageError('--serial: a serial number is 4 to 64 letters, digits and hyphens.')
}

async function consoleTls({
  console: at,
  consoleCert,
  consoleKey,
}: AgentOptions): Promise<{ readonly cert: string; readonly key: string } | undefined> {
  if (consoleCert === undefined && consoleKey === undefined) return undefined
  if (at === undefined) throw new UsageError('--console-cert and --console-key need --console.')
  if (consoleCert === undefined || consoleKey === undefined) {
    throw new UsageError('--console-cert and --console-key must be given together.')
  }
  // One after the other: of two mistakes the same one is told each time.
  const cert = await namedFile(consoleCert, '--console-cert')
  const key = await namedFile(consoleKey, '--console-key')
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new UsageError(`--console-cert and --console-key do not go together: ${(error as Error).message}.`)
  }
  return { cert, key }
}

async function certificateFrom(path: string): Promise<string> {
  const pem = await namedFile(path, '--ca')
  // An authority that is none would be ignored, and every connection refused for another reason.
  try {
    new X509Certificate(pem)
  } catch {
    throw new UsageError(`--ca: ${path} does not contain a PEM certificate.`)
  }
  return pem
}

function enrolmentKeyFrom(path: string): Promise<Secret> {
  if (path === '-') return readSecret('Enrolment key')
  if (!existsSync(path)) {
    throw new CommandFailure(
      `--enrolment-key-file: ${path} does not exist. An enrolled gateway needs no enrolment key: remove this option.`,
    )
  }
  return secretFromFile(path, '--enrolment-key-file')
}

function fourParts(version: string): string {
  if (!/^\d{1,5}(\.\d{1,5}){3}$/.test(version))
    throw new UsageError('--firmware: a version has four numbers, e.g. 2.3.1.1.')
  return version
}

function place(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  if (!found || port > 65_535) throw new UsageError(`--console: "${text}" is not host:port.`)
  return { host: found[1] ?? found[2] ?? '', port }
}
