import type { SampleCall } from './call.ts'

export interface SampleFile {
  readonly name: string
  readonly text: string
}

/** A complete program, the file to run first, and how it is made to run in the folder of its files. */
export interface Sample {
  readonly files: readonly [SampleFile, ...(readonly SampleFile[])]
  /** Lines of a shell, each to be run once. */
  readonly install: readonly string[]
  readonly run: string
}

export interface SampleLanguage {
  readonly id: string
  /** The name people know it by; not translated. */
  readonly label: string
  /** A test runs its programs against a server; where none does, the Explorer and the program itself say so. */
  readonly isRun: boolean
  /** Undefined where the language has no word for this call, as Terraform for most. */
  readonly generate: (call: SampleCall) => Sample | undefined
}
