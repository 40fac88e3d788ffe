import { CommandFailure, UsageError } from '../exit.ts'
import { printTable } from '../print.ts'
import { say } from '../say.ts'

type Json = Readonly<Record<string, unknown>>

export interface OutputOptions {
  readonly output: 'json' | 'table'
  /** A JMESPath expression; only what it selects is shown. */
  readonly query?: string
}

/**
 * Prints an answer, or what the expression selects of it.
 *
 * @throws UsageError at once when the expression is none: a call that was made cannot be taken back
 */
export async function printerOf({ query, output }: OutputOptions): Promise<(answer: Json) => void> {
  if (query === undefined) return (answer) => printAnswer(answer, output)
  const { isExpression, selected } = await import('../jmespath.ts')
  if (!isExpression(query)) {
    throw new UsageError(
      say(
        '--query: "{query}" is not a JMESPath expression. Write one such as SmartAccessGateways.SmartAccessGateway[].SmartAGId.',
        { query },
      ),
    )
  }
  return (answer) => {
    const part = selected(answer, query)
    if (part !== undefined) return printAnswer(part.value, output)
    printAnswer(answer, 'json')
    throw new CommandFailure(
      say(
        'The call was made; its whole answer is above. --query: "{query}" does not fit it: a function gets a value of another type.',
        { query },
      ),
    )
  }
}

export function printAnswer(answer: unknown, output: OutputOptions['output']): void {
  if (output === 'json') console.log(JSON.stringify(answer ?? null, null, 2))
  else printTable(rowsIn(answer))
}

/**
 * What a person wants to see of an answer as a table. Lists come in wrappers of one member
 * (`SmartAccessGateways.SmartAccessGateway[]`): the one list of an answer is its table.
 */
function rowsIn(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(asRow)
  if (!isObject(answer)) return { Value: answer }
  const lists = Object.values(answer).flatMap((member) => {
    const inside = isObject(member) && Object.keys(member).length === 1 ? Object.values(member)[0] : member
    return Array.isArray(inside) ? [inside] : []
  })
  const [only] = lists
  return lists.length === 1 && only !== undefined ? only.map(asRow) : answer
}

function asRow(item: unknown): Json {
  if (Array.isArray(item)) return Object.fromEntries(item.map((value, index) => [String(index + 1), value as unknown]))
  return isObject(item) ? item : { Value: item }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
