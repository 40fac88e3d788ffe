import type { Secret } from '@opensag/protocol'
import type { Operation } from '@opensag/server'
import { UsageError } from '../exit.ts'
import { say } from '../say.ts'
import { readSecret } from '../secret-input.ts'
import { didYouMean } from './nearest.ts'

export const fromStdin = '@-'

/**
 * The parameters of a call from its arguments. A secret is read, never given; a name that the operation does not declare is a
 * mistake, unless the call is to be sent whatever this program knows of it.
 */
export async function parametersFrom(
  given: readonly string[],
  operation: Operation | undefined,
  isForced: boolean,
): Promise<Readonly<Record<string, string | Secret>>> {
  const pairs = given.map(pairOf)
  if (operation !== undefined && !isForced) checkNames(pairs, operation)
  const params: Record<string, string | Secret> = {}
  for (const { name, value } of pairs) {
    if (value !== fromStdin && isSecret(name, operation)) {
      throw new UsageError(
        say(
          '{name} is a secret, and every user of this machine can read command lines. Write {name}=@- and enter the value on standard input.',
          { name },
        ),
      )
    }
    params[name] = value === fromStdin ? await readSecret(name) : value
  }
  return params
}

interface Pair {
  readonly name: string
  readonly value: string
}

function pairOf(parameter: string): Pair {
  const at = parameter.indexOf('=')
  // Not repeated: it may be a password that somebody took for an argument.
  if (at <= 0) throw new UsageError(say('Each parameter has the form Name=value, for example SmartAGId=sag-….'))
  return { name: parameter.slice(0, at), value: parameter.slice(at + 1) }
}

function isSecret(name: string, operation: Operation | undefined): boolean {
  const declared = Object.entries(operation?.params ?? {}).find(([one]) => one.toLowerCase() === name.toLowerCase())
  return declared?.[1].state.isSecret === true
}

function checkNames(pairs: readonly Pair[], { name: operation, params }: Operation): void {
  const names = Object.keys(params)
  for (const { name } of pairs) {
    // `Tag.1.Key` is of the list `Tag`. Every API takes a region.
    const [first = ''] = name.split('.')
    if (params[first] !== undefined || name === 'RegionId') continue
    const meant = didYouMean(first, names) || say(' It has {names}.', { names: names.join(', ') || say('none') })
    throw new UsageError(
      say('{operation} has no parameter "{name}".{meant} With --force the call is sent as it is.', {
        operation,
        name,
        meant,
      }),
    )
  }
}
