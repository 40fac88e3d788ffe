import type { Secret } from '@opensag/protocol'
import { apis, type Operation } from '@opensag/server'
import { Command } from 'commander'
import { callApi } from '../api-client.ts'
import { findCredentials } from '../credentials.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { readSecret } from '../secret-input.ts'

const fromStdin = '@-'

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

/** `opensag call`: one call of the public API, for people and scripts without an SDK at hand. */
export function callCommand(): Command {
  return new Command('call')
    .description('Call one API operation, signed with the key pair from the environment or the data folder.')
    .argument('<action>', 'Name of the operation, e.g. DescribeSmartAccessGateways')
    .argument(
      '[parameters...]',
      `Parameters as Name=value; Name=${fromStdin} prompts for a secret or reads it from standard input`,
    )
    .option('--data <folder>', 'Data folder with credentials.json (OPENSAG_DATA)', process.env['OPENSAG_DATA'])
    .addHelpText('after', () => `\nOperations:\n${[...known.keys()].map((name) => `  ${name}`).join('\n')}\n`)
    .action(async (action: string, parameters: readonly string[], options: { data?: string }) => {
      const key = await findCredentials(options.data ?? '.opensag')
      const params = await parseParameters(action, parameters)
      const { operation, version } = known.get(action) ?? {}
      const withRegion = operation?.params['RegionId'] && params['RegionId'] === undefined
      const answer = await callApi(key, action, withRegion ? { RegionId: key.regionId, ...params } : params, {
        version,
      })
      console.log(JSON.stringify(answer.body, null, 2))
      if (answer.status >= 400) throw new CommandFailure('')
    })
}

async function parseParameters(
  action: string,
  parameters: readonly string[],
): Promise<Readonly<Record<string, string | Secret>>> {
  const declared = known.get(action)?.operation.params
  const params: Record<string, string | Secret> = {}
  for (const parameter of parameters) {
    const at = parameter.indexOf('=')
    if (at <= 0) throw new UsageError(`"${parameter.slice(0, 40)}" does not have the form Name=value.`)
    const name = parameter.slice(0, at)
    const value = parameter.slice(at + 1)
    if (value === fromStdin) {
      params[name] = await readSecret(name)
    } else if (declared?.[name]?.state.isSecret) {
      throw new UsageError(
        `${name} is a secret, and every user of this machine can read command lines. Write ${name}=${fromStdin} and enter the value on standard input.`,
      )
    } else {
      params[name] = value
    }
  }
  return params
}
