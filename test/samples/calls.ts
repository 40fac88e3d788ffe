import type { ApiEntry, ApiReference, OperationEntry, ParamEntry } from '@opensag/rules'
import { apis } from '@opensag/server/apis'
import { type FormValues, sampleCall } from '../../packages/console/src/explorer/form.ts'
import type { SampleCall } from '../../packages/console/src/samples/call.ts'
import { apiReference } from '../../packages/server/src/reference/api-reference.ts'

/** What the console reads from the server; that it fits is for the type checker. */
const reference: ApiReference = apiReference([...apis.values()])

export interface Declared {
  readonly api: ApiEntry
  readonly operation: OperationEntry
}

export const declared: readonly Declared[] = reference.apis.flatMap((api) =>
  api.families.flatMap(({ operations }) => operations.map((operation) => ({ api, operation }))),
)

/** The call that the Explorer's form makes of these values; a secret needs only to be filled in. */
export function callOf(action: string, values: FormValues, endpoint: string): SampleCall {
  const found = declared.find(({ operation }) => operation.name === action)
  if (found === undefined) throw new Error(`There is no operation ${action}.`)
  const unknown = Object.keys(values).filter((name) => !found.operation.params.some((param) => param.name === name))
  if (unknown.length > 0) throw new Error(`${action} has no ${unknown.join(', ')}.`)
  return sampleCall(found.api, found.operation, values, { endpoint, regionId: 'cn-shanghai' })
}

/** A call with every parameter that is looked at, each of its type. */
export function fullCall({ api, operation }: Declared): SampleCall {
  const params = operation.params.filter(({ ignored }) => ignored !== true)
  const values: FormValues = Object.fromEntries(params.map((param) => [param.name, valueFor(param)]))
  return sampleCall(api, operation, values, { endpoint: 'https://opensag.example', regionId: 'cn-shanghai' })
}

function valueFor({ type, members = [], ...param }: ParamEntry): FormValues[string] {
  if (type === 'array<object>')
    return [Object.fromEntries(members.map((member) => [member.name, String(textFor(member))]))]
  const text = textFor({ type, ...param })
  return type.startsWith('array') ? [text, text] : text
}

function textFor({ type, example, values }: Pick<ParamEntry, 'type' | 'example' | 'values'>): string {
  return (
    values?.[0] ?? example ?? (type === 'string' || type === 'array<string>' ? 'x' : type === 'boolean' ? 'true' : '1')
  )
}
