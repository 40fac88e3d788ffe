/**
 * The shape of a success answer. Clients refuse the wrong form of a list, so the shape says which it is: `wrapped`
 * (`"Regions":{"Region":[…]}`, older operations) or `direct` (`"Wans":[…]`, newer ones). `RequestId` is added to every
 * answer and never declared.
 */
export type Field = ScalarField | ObjectField | WrappedField | DirectField

type ScalarType = 'string' | 'integer' | 'long' | 'boolean'

export interface ScalarField<T extends ScalarType = ScalarType> {
  readonly kind: 'scalar'
  readonly type: T
}

export interface ObjectField<S extends Shape = Shape> {
  readonly kind: 'object'
  readonly shape: S
}

export interface WrappedField<S extends Shape | ScalarField = Shape | ScalarField> {
  readonly kind: 'wrapped'
  readonly item: string
  readonly of: S
}

export interface DirectField<S extends Shape | ScalarField = Shape | ScalarField> {
  readonly kind: 'direct'
  readonly of: S
}

export interface Shape {
  readonly [name: string]: Field
}

type ScalarValue<T extends ScalarType> = T extends 'string' ? string : T extends 'boolean' ? boolean : number
type ItemValue<S> = S extends ScalarField<infer T> ? ScalarValue<T> : S extends Shape ? ResultOf<S> : never
type FieldValue<F> =
  F extends ScalarField<infer T>
    ? ScalarValue<T>
    : F extends ObjectField<infer S>
      ? ResultOf<S>
      : F extends WrappedField<infer S>
        ? readonly ItemValue<S>[]
        : F extends DirectField<infer S>
          ? readonly ItemValue<S>[]
          : never

/** What a handler returns. On the wire a list without a value is empty, any other member without one is left out. */
export type ResultOf<S extends Shape> = { readonly [K in keyof S]?: FieldValue<S[K]> | undefined }

export const stringField: ScalarField<'string'> = { kind: 'scalar', type: 'string' }
export const integerField: ScalarField<'integer'> = { kind: 'scalar', type: 'integer' }
export const longField: ScalarField<'long'> = { kind: 'scalar', type: 'long' }
export const booleanField: ScalarField<'boolean'> = { kind: 'scalar', type: 'boolean' }

export function objectField<const S extends Shape>(shape: S): ObjectField<S> {
  return { kind: 'object', shape }
}

export function wrapped<const S extends Shape | ScalarField>(item: string, of: S): WrappedField<S> {
  return { kind: 'wrapped', item, of }
}

export function direct<const S extends Shape | ScalarField>(of: S): DirectField<S> {
  return { kind: 'direct', of }
}

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/**
 * The answer as it goes on the wire in JSON, members in declared order. A list is always sent, empty when there is
 * nothing in it, because clients look for the array; any other member without a value is left out.
 */
export function toWire(shape: Shape, result: Readonly<Record<string, unknown>>): { readonly [name: string]: Json } {
  const out: Record<string, Json> = {}
  for (const name in shape) {
    const field = shape[name] as Field
    const value = result[name]
    if (field.kind === 'wrapped') {
      out[name] = { [field.item]: items(field.of, (value ?? []) as readonly unknown[]) }
    } else if (field.kind === 'direct') {
      out[name] = items(field.of, (value ?? []) as readonly unknown[])
    } else if (value === undefined || value === null) {
      // left out
    } else if (field.kind === 'object') {
      out[name] = toWire(field.shape, value as Record<string, unknown>)
    } else {
      out[name] = value as Json
    }
  }
  return out
}

function items(of: Shape | ScalarField, values: readonly unknown[]): readonly Json[] {
  if (isScalar(of)) return values as readonly Json[]
  return values.map((value) => toWire(of, value as Record<string, unknown>))
}

function isScalar(of: Shape | ScalarField): of is ScalarField {
  return (of as ScalarField).kind === 'scalar' && typeof (of as ScalarField).type === 'string'
}
