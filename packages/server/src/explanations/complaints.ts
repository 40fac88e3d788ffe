import type { CodeExplanation } from './explanation.ts'
import { explanations, fileOf } from './explanations.ts'

/** What answers codes: an operation, or the front door. */
export interface Answering {
  readonly name: string
  readonly errors: Readonly<Record<string, unknown>>
}

type Explained = ReadonlyMap<string, CodeExplanation>

/** What is missing: one line for each code without an explanation, with the file in which it belongs. */
export function missingExplanations(
  answering: readonly Answering[],
  explained: Explained = explanations,
): readonly string[] {
  return answering.flatMap(({ name, errors }) =>
    Object.keys(errors)
      .filter((code) => !explained.has(code))
      .map((code) => `${name} declares ${code}, which has no explanation: write it in ${fileOf(code)}`),
  )
}

/** What is too much: one line for each explanation of what is not answered, with the file in which it lies. */
export function needlessExplanations(
  answering: readonly Answering[],
  explained: Explained = explanations,
): readonly string[] {
  const byName = new Map(answering.map((one) => [one.name, one.errors]))
  return [...explained].flatMap(([code, { in: special = {} }]) => {
    if (!answering.some(({ errors }) => Object.hasOwn(errors, code)))
      return [`${code} is explained in ${fileOf(code)}, and nothing declares it`]
    return Object.keys(special).flatMap((name) => {
      const errors = byName.get(name)
      if (errors === undefined)
        return [`${code} is explained for ${name} in ${fileOf(code)}; there is no such operation`]
      if (Object.hasOwn(errors, code)) return []
      return [`${code} is explained for ${name} in ${fileOf(code)}, which does not declare it`]
    })
  })
}
