import { Command } from '../command.ts'
import { type CompareOptions, compare } from '../parity/compare.ts'
import { type RecordOptions, record } from '../parity/record.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

const examples = (): string => `
${say('A list of calls has one a line, as for "opensag call". "keep" names a part of the answer above it:')}

  DescribeSmartAccessGateways PageSize=10
    keep instance = SmartAccessGateways.SmartAccessGateway[0].SmartAGId
  DescribeSmartAccessGatewayAttribute SmartAGId={instance}
  CreateSmartAccessGatewayClientUser SmartAGId={instance} UserName=parity UserMail={env:MAIL}

${say('Examples:')}
  opensag parity record calls.txt --out smartag.jsonl
  opensag parity record calls.txt --region cn-hangzhou --allow-writes
  opensag parity compare smartag.jsonl --data .opensag

${say('Exit codes of compare: 0 no difference; 1 answers differ, or the run failed; 2 wrong usage.')}
`

/** `opensag parity`: how OpenSAG answers beside the real service. */
export function parityCommand(): Command {
  return new Command('parity')
    .enablePositionalOptions()
    .description(commandAbouts.parity)
    .addHelpText('after', examples)
    .addCommand(recordCommand())
    .addCommand(compareCommand())
}

function recordCommand(): Command {
  return paced(new Command('record'))
    .description('Make the calls of a list at the real service and write its answers to a file, without secrets.')
    .argument('<calls>', 'File with the calls, one a line')
    .option('--out <file>', 'File to write; it must not exist', 'parity.jsonl')
    .option('--region <id>', 'Region of the calls (default: that of --credentials, or cn-shanghai)')
    .option(
      '--endpoint <url>',
      'API address; {region} is replaced by the region id (default: that of --credentials, or the public one)',
    )
    .option(
      '--credentials <file>',
      'JSON file with accessKeyId, accessKeySecret, accountId, regionId and endpoint (default: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET)',
    )
    .addHelpText('after', examples)
    .action(async (path: string, options: RecordOptions, command: Command) =>
      record(path, options, command.parent?.parent?.version() ?? ''),
    )
}

function compareCommand(): Command {
  return paced(new Command('compare'))
    .description('Make the calls of a recording at an OpenSAG and print every difference.')
    .argument('<recording>', 'File of "opensag parity record"')
    .option(
      '--data <folder>',
      'Data folder with credentials.json (OPENSAG_DATA)',
      process.env['OPENSAG_DATA'] ?? '.opensag',
    )
    .option('--endpoint <url>', 'API address of the OpenSAG (default: that of the key pair)')
    .option('--json', 'Print the differences as JSON')
    .action(async (path: string, options: CompareOptions) => compare(path, options))
}

/** Options of both. */
function paced(command: Command): Command {
  return command
    .option('--allow-writes', 'Also make calls that change something or cost money')
    .option('--yes', 'Do not ask before calls that change something')
    .option('--per-second <n>', 'Maximum calls per second', '2')
    .option('--attempts <n>', 'Maximum attempts of a call that is throttled, or of a read without an answer', '5')
    .option('--timeout <duration>', 'Maximum time to wait for an answer', '30s')
    .option('--time-limit <duration>', 'Maximum time for all calls', '30m')
}
