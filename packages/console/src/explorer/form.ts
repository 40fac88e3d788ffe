import type { OperationEntry, ParamEntry } from '@opensag/rules'
import type { SampleCall, SampleParam, WirePair } from '../samples/call.ts'
import { wellFormed, wirePairs } from '../samples/call.ts'

/** What a person has put into the form, by the name of the parameter: a text, the items of a list, or its objects. */
export type FormValue = string | readonly string[] | readonly Readonly<Record<string, string>>[]
export type FormValues = Readonly<Record<string, FormValue>>

/** What was filled in, without what is empty: that means "not given", as the server has it too. */
export function givenParams(
  operation: OperationEntry,
  values: FormValues,
): readonly { readonly entry: ParamEntry; readonly value: FormValue }[] {
  return operation.params.flatMap((entry) => {
    const value = Object.hasOwn(values, entry.name) ? values[entry.name] : undefined
    if (value === undefined) return []
    const given = withoutEmpty(value)
    return given.length === 0 ? [] : [{ entry, value: given }]
  })
}

function withoutEmpty(value: FormValue): FormValue {
  if (typeof value === 'string') return wellFormed(value)
  if (isTexts(value)) return value.map(wellFormed).filter((item) => item !== '')
  return value
    .map((members) =>
      Object.fromEntries(
        Object.entries(members)
          .map(([name, text]) => [name, wellFormed(text)] as const)
          .filter(([, text]) => text !== ''),
      ),
    )
    .filter((members) => Object.keys(members).length > 0)
}

function isTexts(value: readonly (string | Readonly<Record<string, string>>)[]): value is readonly string[] {
  return value.every((item) => typeof item === 'string')
}

/** The call as programs are to make it: what the form holds of a secret does not get into it. */
export function sampleCall(
  { product, version }: { readonly product: string; readonly version: string },
  operation: OperationEntry,
  values: FormValues,
  place: { readonly endpoint: string; readonly regionId: string },
): SampleCall {
  const params = givenParams(operation, values).map(({ entry, value }) => sampleParam(entry, value))
  return { product, version, action: operation.name, ...place, params }
}

function sampleParam({ name, type, secret, members = [] }: ParamEntry, value: FormValue): SampleParam {
  if (secret) return { name, type, value: { kind: 'secret' } }
  if (typeof value === 'string') return { name, type, value: { kind: 'text', text: value } }
  if (isTexts(value)) return { name, type, value: { kind: 'list', items: value } }
  const items = value.map((object) =>
    members.flatMap((member) => {
      const text = object[member.name]
      return text === undefined ? [] : [sampleParam(member, text)]
    }),
  )
  return { name, type, value: { kind: 'objects', items } }
}

/** What goes on the wire: as {@link sampleCall}, and the secrets with it. */
export function wireParams(operation: OperationEntry, values: FormValues): ReadonlyMap<string, string> {
  const given = givenParams(operation, values)
  const open = { ...operation, params: operation.params.map(({ secret: _secret, ...rest }) => opened(rest)) }
  const call = sampleCall({ product: '', version: '' }, open, values, { endpoint: '', regionId: '' })
  const pairs: readonly WirePair[] = given.length === 0 ? [] : wirePairs(call)
  return new Map(pairs.map(({ name, value }) => [name, 'text' in value ? value.text : '']))
}

function opened(entry: ParamEntry): ParamEntry {
  if (entry.members === undefined) return entry
  return { ...entry, members: entry.members.map(({ secret: _secret, ...rest }) => rest) }
}

/** The names on the wire of what is given and a secret. */
export function secretNames(operation: OperationEntry, values: FormValues): ReadonlySet<string> {
  const call = sampleCall({ product: '', version: '' }, operation, values, { endpoint: '', regionId: '' })
  return new Set(wirePairs(call).flatMap(({ name, value }) => ('variable' in value ? [name] : [])))
}
