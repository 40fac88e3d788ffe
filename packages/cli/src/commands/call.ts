import type { Operation } from '@opensag/server'
import { apis } from '@opensag/server/apis'
import { callApi } from '../api-client.ts'
import { didYouMean } from '../call/nearest.ts'
import { type OutputOptions, printAnswer, printerOf } from '../call/output.ts'
import { fromStdin, parametersFrom } from '../call/parameters.ts'
import { Command, Option } from '../command.ts'
import { findCredentials } from '../credentials.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { say, spoken } from '../say.ts'
import { commandAbouts } from './names.ts'

interface Known {
  readonly operation: Operation
  readonly version: string
}

/** Operations of all APIs; no two have one name. */
const known: ReadonlyMap<string, Known> = new Map(
  [...apis.values()].flatMap(({ version, operations }) =>
    [...operations].map(([name, operation]) => [name, { operation, version }] as const),
  ),
)

interface Given extends OutputOptions {
  readonly data?: string
  readonly force?: boolean
  readonly help?: boolean
}

/** `opensag call`: one call of the public API, for people and scripts without an SDK at hand. */
export function callCommand(): Command {
  return (
    new Command('call')
      .description(commandAbouts.call)
      .argument('[action]', 'Name of the operation, e.g. DescribeSmartAccessGateways')
      .argument(
        '[parameters...]',
        `Parameters as Name=value; Name=${fromStdin} prompts for a secret or reads it from standard input`,
      )
      .option('--data <folder>', 'Data folder with credentials.json (OPENSAG_DATA)', process.env['OPENSAG_DATA'])
      .addOption(new Option('--output <form>', 'Form of the answer').choices(['json', 'table']).default('json'))
      .option('--query <expression>', 'JMESPath expression; only what it selects of the answer is printed')
      .option('--force', 'Send the call even if this program does not know the operation or a parameter')
      // Its own, because help after the name of an operation is about that operation.
      .helpOption(false)
      .option('-h, --help', 'Print this help; after the name of an operation, its parameters and errors')
      .addHelpText(
        'after',
        () => `\n${say('Operations:')}\n${[...known.keys()].map((name) => `  ${name}`).join('\n')}\n`,
      )
      .action(async (action: string | undefined, parameters: readonly string[], options: Given, command: Command) => {
        if (action === undefined && options.help === true) return command.outputHelp()
        if (action === undefined) {
          throw new UsageError(say('<action> is missing: name an operation. "opensag call --help" lists them all.'))
        }
        const found = known.get(action)
        if (found === undefined && options.force !== true) throw new UsageError(unknownAction(action))
        if (options.help === true) return printHelp(found)
        await call(action, found, parameters, options)
      })
  )
}

function unknownAction(action: string): string {
  const more = say('Run "opensag call --help" for a list, or give --force to send the call as it is.')
  return say('There is no operation "{action}".{meant} {more}', {
    action,
    meant: didYouMean(action, known.keys()),
    more,
  })
}

async function printHelp(found: Known | undefined): Promise<void> {
  if (found === undefined)
    throw new UsageError(say('This program does not know the operation, and has no help about it.'))
  const { operationHelp } = await import('../call/operation-help.ts')
  console.log(operationHelp(found.operation, found.version))
}

/** Why the API answered with this error, and its cure; nothing for one of another API. */
async function whatToDo(body: unknown, action: string): Promise<string> {
  const { Code: code } = (body ?? {}) as { readonly Code?: unknown }
  // All explanations are loaded only when one is wanted.
  const { explanationOfAnswer } = await import('@opensag/server/explanations')
  const found = typeof code === 'string' ? explanationOfAnswer(code, action) : undefined
  if (found === undefined) return ''
  const [cause, cure] = found[spoken()]
  return say('Cause: {cause}\nWhat to do: {cure}', { cause: cause.replaceAll('`', ''), cure: cure.replaceAll('`', '') })
}

async function call(
  action: string,
  found: Known | undefined,
  parameters: readonly string[],
  options: Given,
): Promise<void> {
  const print = await printerOf(options)
  const params = await parametersFrom(parameters, found?.operation, options.force === true)
  const key = await findCredentials(options.data ?? '.opensag')
  const withRegion = found?.operation.params['RegionId'] !== undefined && params['RegionId'] === undefined
  const answer = await callApi(key, action, withRegion ? { RegionId: key.regionId, ...params } : params, {
    version: found?.version,
  })
  if (answer.status < 400) return print(answer.body)
  // An error has another form than the expression and a table are for.
  printAnswer(answer.body, 'json')
  throw new CommandFailure(await whatToDo(answer.body, action))
}
