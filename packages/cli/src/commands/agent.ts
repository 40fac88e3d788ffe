import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileDisk, createFileVault, createLinuxAccountVault, rebootBy, startGateway } from '@opensag/agent'
import { Command } from 'commander'
import { channelUrl } from '../channel-url.ts'
import { UsageError } from '../exit.ts'
import { createLogger, untilStopped } from '../process.ts'
import { secretFromFile } from '../secret-input.ts'

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
  readonly rebootCommand?: readonly string[]
  readonly logLevel: string
}

const variable = (name: string): string | undefined => process.env[`OPENSAG_AGENT_${name}`]

/** `opensag agent`: the program on a gateway. */
export function agentCommand(): Command {
  return new Command('agent')
    .description(
      'Run on a gateway: connect it to its server, keep its administrator password, serve its local console.',
    )
    .requiredOption('--server <url>', 'Server, e.g. wss://sag.example.com (OPENSAG_AGENT_SERVER)', variable('SERVER'))
    .requiredOption('--serial <serial>', 'Serial number in the inventory (OPENSAG_AGENT_SERIAL)', variable('SERIAL'))
    .option('--enrolment-key-file <file>', 'File with the enrolment key; needed until the gateway has enrolled')
    .option('--model <model>', 'Model it reports to people at its console', 'sag-1000')
    .option('--firmware <version>', 'Firmware version it reports, four parts', '2.3.1.1')
    .option(
      '--data <folder>',
      'Folder for its keys and settings (OPENSAG_AGENT_DATA)',
      variable('DATA') ?? '.opensag-agent',
    )
    .option('--ca <file>', 'Certificate (PEM) of a private authority that signed the server’s')
    .option('--linux-account <name>', 'The password is that of this account of the system (needs root)')
    .option('--console <host:port>', 'Serve the local console there, e.g. 192.168.0.1:80')
    .option(
      '--reboot-command <program...>',
      'Program and arguments that reboot this machine; without it the gateway refuses to',
    )
    .option('--log-level <level>', 'fatal, error, warn, info, debug or trace', 'info')
    .action(async (options: AgentOptions) => {
      const logger = createLogger(options.logLevel)
      const disk = await createFileDisk(options.data)
      const [reboot, ...rebootArguments] = options.rebootCommand ?? []
      const gateway = await startGateway({
        serial: options.serial,
        model: options.model,
        version: fourParts(options.firmware),
        serverUrl: channelUrl(options.server),
        ca: options.ca === undefined ? undefined : await readFile(options.ca, 'utf8'),
        enrolmentKey:
          options.enrolmentKeyFile === undefined ? undefined : await secretFromFile(options.enrolmentKeyFile),
        disk,
        vault:
          options.linuxAccount === undefined
            ? createFileVault({ disk })
            : createLinuxAccountVault({ account: options.linuxAccount }),
        console: options.console === undefined ? undefined : place(options.console),
        restart: reboot === undefined ? undefined : rebootBy([reboot, ...rebootArguments], logger),
        logger,
        onState: ({ is, ...more }) => logger.info({ connection: is, ...more }, 'connection'),
      })
      console.log(`Gateway ${options.serial} keeps its state in ${join(options.data)}.`)
      if (gateway.consoleUrl) console.log(`Local console: ${gateway.consoleUrl}`)
      await untilStopped(async () => {
        await gateway.stop()
        await disk.close()
      })
    })
}

function fourParts(version: string): string {
  if (!/^\d{1,5}(\.\d{1,5}){3}$/.test(version)) throw new UsageError('A firmware version has four parts, e.g. 2.3.1.1.')
  return version
}

function place(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  if (!found || port > 65_535) throw new UsageError(`--console: "${text}" is not host:port.`)
  return { host: found[1] ?? found[2] ?? '', port }
}
