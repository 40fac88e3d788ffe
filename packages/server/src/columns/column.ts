/** What is particular about a column; see the methods of {@link Column}. */
export type Trait = 'initial' | 'storeOnly' | 'ownerSets' | 'gatewaysHold' | 'databaseDefault'

/**
 * One column of a table, said once: its name in SQL, its value as stored (`S`) and as the rules see it (`F`). Methods
 * instead of function members, so that a column of any type is a `Column`.
 */
export interface Column<N extends string = string, S = unknown, F = unknown, T extends Trait = Trait> {
  readonly name: N
  readonly type: 'text' | 'whole'
  readonly nullable: boolean
  readonly traits: readonly T[]
  /** What a new row holds when its maker does not say; only with the trait `initial`. */
  readonly initial: F | undefined
  read(stored: S): F
  write(fact: F): S
}

/** A column under construction: each step adds one property and returns a new one. */
export interface Draft<N extends string, S, F, T extends Trait> extends Column<N, S, F, T> {
  /** It may be absent: null in the store, undefined in the rules, and absent in a new row. */
  optional(): Draft<N, S | null, F | undefined, T | 'initial'>
  /** A new row holds this; without it, who makes the row has to say. */
  initially(fact: F): Draft<N, S, F, T | 'initial'>
  /** The rules do not see it. */
  storeOnly(): Draft<N, S, F, T | 'storeOnly'>
  /** The owner of the row may set it at any time. */
  ownerSets(): Draft<N, S, F, T | 'ownerSets'>
  /** It is part of the configuration that the gateways of the row should hold. */
  gatewaysHold(): Draft<N, S, F, T | 'gatewaysHold'>
  /** The database fills it in too, as it does for rows older than the column: with what a new row holds. */
  databaseDefault(): Draft<N, S, F, T | 'databaseDefault'>
}

export function text<N extends string>(name: N): Draft<N, string, string, never> {
  return plain(name, 'text')
}

/** One of these words. */
export function word<N extends string, const W extends readonly string[]>(
  name: N,
  _words: W,
): Draft<N, W[number], W[number], never> {
  return plain(name, 'text')
}

/** A whole number of up to 53 bits; also a time, in milliseconds since 1970. */
export function whole<N extends string>(name: N): Draft<N, number, number, never> {
  return plain(name, 'whole')
}

/** 0 or 1 in the store, because SQLite has no boolean. */
export function flag<N extends string>(name: N): Draft<N, number, boolean, never> {
  return draft({ ...blank, name, type: 'whole', read: (stored) => stored !== 0, write: Number })
}

/** JSON as text. `typed` gives what was parsed its type. */
export function json<N extends string, F>(name: N, typed: (parsed: unknown) => F): Draft<N, string, F, never> {
  return draft({
    ...blank,
    name,
    type: 'text',
    read: (stored) => typed(JSON.parse(stored)),
    write: (fact) => JSON.stringify(fact),
  })
}

const blank = { nullable: false, traits: [], initial: undefined } as const

function plain<N extends string, V>(name: N, type: 'text' | 'whole'): Draft<N, V, V, never> {
  return draft<N, V, V, never>({ ...blank, name, type, read: same, write: same })
}

function same<V>(value: V): V {
  return value
}

function draft<N extends string, S, F, T extends Trait>(column: Column<N, S, F, T>): Draft<N, S, F, T> {
  const { read, write } = column
  return {
    ...column,
    optional: () =>
      draft({
        ...column,
        nullable: true,
        traits: [...column.traits, 'initial'],
        initial: undefined,
        read: (stored: S | null) => (stored === null ? undefined : read(stored)),
        write: (fact: F | undefined) => (fact === undefined ? null : write(fact)),
      }),
    initially: (fact) => draft({ ...column, traits: [...column.traits, 'initial'], initial: fact }),
    storeOnly: () => draft({ ...column, traits: [...column.traits, 'storeOnly'] }),
    ownerSets: () => draft({ ...column, traits: [...column.traits, 'ownerSets'] }),
    gatewaysHold: () => draft({ ...column, traits: [...column.traits, 'gatewaysHold'] }),
    databaseDefault: () => draft({ ...column, traits: [...column.traits, 'databaseDefault'] }),
  }
}
