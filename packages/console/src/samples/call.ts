/** The kinds of parameter, in the words of the API's declarations. */
export type SampleType =
  | 'string'
  | 'integer'
  | 'long'
  | 'boolean'
  | 'array<string>'
  | 'array<integer>'
  | 'array<object>'

/** One value of a program. A secret has no text here at all: the program reads it when it runs. */
export type SampleValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'secret' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'objects'; readonly items: readonly (readonly SampleParam[])[] }

export interface SampleParam {
  readonly name: string
  readonly type: SampleType
  readonly value: SampleValue
}

/** One call of the API, as a program is to make it. */
export interface SampleCall {
  readonly product: string
  readonly version: string
  readonly action: string
  /** Where the API is: `http://127.0.0.1:7240`. */
  readonly endpoint: string
  /** For those clients that want one although the operation does not. */
  readonly regionId: string
  readonly params: readonly SampleParam[]
}

/** A program reads a secret parameter from the environment variable of this name: `Password` from `PARAM_PASSWORD`. */
export function secretVariable(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]/g, '_')
  return `PARAM_${words.toUpperCase()}`
}

/** The environment variables the official clients read keys from. */
export const keyVariables = {
  id: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  secret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  token: 'ALIBABA_CLOUD_SECURITY_TOKEN',
} as const

/** The variables of the environment that the program needs, in the order in which it reads them. */
export function variablesOf(call: SampleCall): readonly string[] {
  const secrets = wirePairs(call).flatMap(({ value }) => ('variable' in value ? [value.variable] : []))
  return [keyVariables.id, keyVariables.secret, ...new Set(secrets)]
}

export interface WirePair {
  readonly name: string
  readonly value: { readonly text: string } | { readonly variable: string }
}

/** The parameters by their names on the wire: lists count from 1, `Tag.1.Key=env`. */
export function wirePairs({ params }: SampleCall): readonly WirePair[] {
  return params.flatMap((param) => pairsOf(param, ''))
}

function pairsOf({ name, value }: SampleParam, path: string): readonly WirePair[] {
  const own = `${path}${name}`
  switch (value.kind) {
    case 'text':
      return [{ name: own, value: { text: value.text } }]
    case 'secret':
      return [{ name: own, value: { variable: secretVariable(own) } }]
    case 'list':
      return value.items.map((text, index) => ({ name: `${own}.${index + 1}`, value: { text } }))
    case 'objects':
      return value.items.flatMap((members, index) =>
        members.flatMap((member) => pairsOf(member, `${own}.${index + 1}.`)),
      )
  }
}

export function regionOf({ params, regionId }: SampleCall): string {
  const own = params.find(({ name }) => name === 'RegionId')?.value
  return own?.kind === 'text' ? own.text : regionId
}

/** Scheme and host apart, as most clients take them. */
export function endpointOf({ endpoint }: SampleCall): { readonly scheme: 'http' | 'https'; readonly host: string } {
  const { protocol, host } = new URL(endpoint)
  return { scheme: protocol === 'http:' ? 'http' : 'https', host }
}

/** A text that can be on the wire: UTF-8 has no lone surrogates, and no client can send a NUL in every form. */
export function wellFormed(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd')
}

/** Names come from declarations; anything else would be no identifier in a program. */
export function assertNames({ product, version, action, params }: SampleCall): void {
  const names = params.flatMap(namesOf)
  if (![product, action, ...names].every((name) => /^[A-Za-z][A-Za-z0-9.]*$/.test(name))) {
    throw new RangeError('A name of the call is no identifier.')
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(version)) throw new RangeError('The version of the call is no date.')
}

function namesOf({ name, value }: SampleParam): readonly string[] {
  return value.kind === 'objects' ? [name, ...value.items.flat().flatMap(namesOf)] : [name]
}
