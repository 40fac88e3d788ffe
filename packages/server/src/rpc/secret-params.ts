import { isUtf8 } from 'node:buffer'
import { Secret, wipeable } from '@opensag/protocol'
import type { Api } from '../apis/operation.ts'
import type { Params } from '../declare/params.ts'
import { isBlank } from '../declare/utf8.ts'
import { gatewayError } from './gateway-errors.ts'
import type { Limits } from './limits.ts'

/** The parameters that are secret in any operation. */
export interface SecretNames {
  readonly all: ReadonlySet<string>
  /** One of these is in every form that has a secret: looking for them costs every call. */
  readonly marks: readonly Buffer[]
}

export const noSecrets: SecretNames = { all: new Set(), marks: [] }

const namesOf = new WeakMap<ReadonlyMap<string, Api>, SecretNames>()

export function secretNamesOf(apis: ReadonlyMap<string, Api>): SecretNames {
  const known = namesOf.get(apis)
  if (known !== undefined) return known
  const operations = [...apis.values()].flatMap((api) => [...api.operations.values()])
  const names = secretNames(new Set(operations.flatMap(({ params }) => secretsAmong(params))))
  namesOf.set(apis, names)
  return names
}

function secretsAmong(params: Params): readonly string[] {
  return Object.keys(params).filter((name) => params[name]?.state.isSecret)
}

export function secretNames(all: ReadonlySet<string>): SecretNames {
  // `NewPassword=` ends with `Password=`, and those that end with a number begin alike.
  const ends = [...all].filter((name) => ![...all].some((other) => other !== name && name.endsWith(other)))
  const marks = new Set(ends.map((name) => /^\D+(?=\d+$)/.exec(name)?.[0] ?? `${name}=`))
  return { all, marks: [...marks].map((mark) => Buffer.from(mark)) }
}

/**
 * Takes the secrets out of a form, as bytes that were never a text. Only names spelled without percent-encoding are seen,
 * as all clients spell them. One with nothing in it stays: it is no secret.
 *
 * @param held where they are put; its owner wipes them, also when this throws
 * @returns the rest of the form; undefined when there is no secret in it
 * @throws Refusal as for other parameters
 */
export function takeSecrets(
  form: Buffer,
  { all, marks }: SecretNames,
  held: Map<string, Secret>,
  { parameterCount }: Pick<Limits, 'parameterCount'>,
): string | undefined {
  if (!marks.some((mark) => form.includes(mark))) return undefined
  const rest: string[] = []
  let pairs = 0
  for (let start = 0; start < form.length; ) {
    if (++pairs > parameterCount) throw gatewayError('InvalidParameter.TooMany')
    const next = form.indexOf('&', start)
    const pair = form.subarray(start, next === -1 ? form.length : next)
    start += pair.length + 1
    const equals = pair.indexOf('=')
    const name = equals === -1 ? '' : pair.toString('latin1', 0, equals)
    if (!all.has(name) || !hold(held, name, pair.subarray(equals + 1))) rest.push(pair.toString('utf8'))
  }
  return rest.join('&')
}

/** Whether the value is one: not empty and not only white space. */
function hold(held: Map<string, Secret>, name: string, encoded: Buffer): boolean {
  const value = percentDecoded(encoded)
  const known = held.get(name)?.revealBytes()
  const isText = isUtf8(value)
  if (isText && known === undefined && !isBlank(value)) {
    held.set(name, Secret.holding(value))
    return true
  }
  const isRepeated = known !== undefined && Buffer.compare(known, value) === 0
  value.fill(0)
  if (!isText) throw gatewayError('InvalidParameter.Encoding')
  // With the rest it would be refused as well, but become a text before.
  if (known !== undefined && !isRepeated) throw gatewayError('InvalidParameter.Duplicate')
  return isRepeated
}

const [percent, plus, space] = [...'%+ '].map((char) => char.charCodeAt(0)) as [number, number, number]

/** @throws Refusal at a stray `%`. */
function percentDecoded(encoded: Buffer): Uint8Array {
  let size = encoded.length
  for (const byte of encoded) if (byte === percent) size -= 2
  if (size < 0) throw gatewayError('InvalidParameter.Encoding')
  const decoded = wipeable(size)
  let to = 0
  for (let from = 0; from < encoded.length; from++) {
    const byte = encoded[from] as number
    if (byte !== percent) {
      decoded[to++] = byte === plus ? space : byte
      continue
    }
    const value = hexDigit(encoded[from + 1]) * 16 + hexDigit(encoded[from + 2])
    if (Number.isNaN(value)) {
      decoded.fill(0)
      throw gatewayError('InvalidParameter.Encoding')
    }
    decoded[to++] = value
    from += 2
  }
  return decoded
}

function hexDigit(byte = 0): number {
  return Number.parseInt(String.fromCharCode(byte), 16)
}
