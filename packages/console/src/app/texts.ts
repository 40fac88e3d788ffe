export type Language = 'en' | 'zh'

export type Text = string | ((...values: never[]) => string)

/** The same keys with the same values to fill in; only the wording is free. */
export type Worded<T> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string
    ? (...values: V) => string
    : T[K] extends string
      ? string
      : Worded<T[K]>
}

interface TextTree {
  readonly [key: string]: Text | TextTree
}

/** The texts of one part of the console. A key that one language lacks does not compile. */
export function texts<const T extends TextTree>(en: T, zh: Worded<NoInfer<T>>): Readonly<Record<Language, Worded<T>>> {
  return { en: en as unknown as Worded<T>, zh: zh as unknown as Worded<T> }
}
