import { createFileDisk } from '@opensag/agent'
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
import { createLogger, stopSignal } from '../process.ts'
import { say, translated } from '../say.ts'
import { commandAbouts } from './names.ts'

interface PopOptions {
  readonly server?: string
  readonly serial?: string
  readonly network: string
  readonly enrolmentKeyFile?: string
  readonly data: string
  readonly ca?: string
  readonly remove?: true
  readonly logLevel: string
}

/** What the inventory shows of it; a point of presence has no firmware of its own. */
const version = '1.0.0.0'

const variable = (name: string): string | undefined => process.env[`OPENSAG_POP_${name}`]

/** `opensag pop`: a point of presence. */
export function popCommand(): Command {
  return new Command('pop')
    .description(commandAbouts.pop)
    .option('--server <url>', 'Server URL, e.g. wss://sag.example.com (OPENSAG_POP_SERVER)', variable('SERVER'))
    .option(
      '--serial <serial>',
      'Serial number of this point of presence in the inventory (OPENSAG_POP_SERIAL)',
      variable('SERIAL'),
    )
    .option(
      '--network <file>',
      'JSON file that names the interface to the Internet, {"wan": "eth0"}, and those to networks of the cloud (OPENSAG_POP_NETWORK)',
      variable('NETWORK') ?? '/etc/opensag/network.json',
    )
    .option(
      '--enrolment-key-file <file>',
      'File that contains the enrolment key, or - to type it or read it from standard input; required until it has enrolled',
    )
    .option(
      '--data <folder>',
      'Folder for the keys of this point of presence (OPENSAG_POP_DATA)',
      variable('DATA') ?? '.opensag-pop',
    )
    .option('--ca <file>', 'Certificate (PEM) of the private authority that signed the server certificate')
    .option(
      '--remove',
      'Take everything away that a point of presence has made in the network of this machine, and end',
    )
    .addOption(new Option('--log-level <level>', 'Log level').choices(logLevels).default('info'))
    .action(async (options: PopOptions, command: Command) => {
      const { runFolder, readPopSetup, startPop, takePopAway } = await import('@opensag/agent/network')
      const logger = createLogger(options.logLevel)
      if (options.remove) {
        await takePopAway(runFolder, logger)
        console.log(translated('Nothing of a point of presence is left in the network of this machine.'))
        return
      }
      const stopped = stopSignal()
      // Everything a person may have got wrong, before the data folder is made.
      const given = {
        serverUrl: serverUrl(neededOption(command, '--server <url>', options.server)),
        serial: serialNumber(neededOption(command, '--serial <serial>', options.serial)),
        setup: await setupFrom(options.network, readPopSetup),
        ca: options.ca === undefined ? undefined : await certificateFrom(options.ca),
        enrolmentKey:
          options.enrolmentKeyFile === undefined ? undefined : await enrolmentKeyFrom(options.enrolmentKeyFile),
      }
      const disk = await createFileDisk(options.data)
      const pop = await startPop({
        ...given,
        version,
        disk,
        folder: runFolder,
        logger,
        onState: ({ is, ...more }) => logger.info({ connection: is, ...more }, 'connection'),
      })
      console.log(
        say('Point of presence {serial} keeps its keys in {folder}.', { serial: given.serial, folder: options.data }),
      )
      await stopped
      await pop.stop()
      await disk.close()
    })
}
