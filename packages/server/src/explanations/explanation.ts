import type { Texts } from '../declare/index.ts'

/** What leads to an error, and what the caller can do about it. */
export type Explanation = Readonly<Record<keyof Texts, readonly [cause: string, cure: string]>>

/** The explanation of a code, for every operation that answers it but those named in `in`. */
export interface CodeExplanation extends Explanation {
  /** By name: the operations in which the code means something else. */
  readonly in?: Readonly<Record<string, Explanation>>
}

/** Explanations by code, of codes that begin with `Start`: a code in the wrong file does not compile. */
export type Explanations<Start extends string = string> = Readonly<Record<`${Start}${string}`, CodeExplanation>>
