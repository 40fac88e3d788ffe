/** A release line of Node that the tests try. */
export interface TriedNode {
  /** `20.19`, `22`, `24`. */
  readonly line: string
  /** The program. */
  readonly node: string
  readonly isThere: boolean
  /** The command that installs it. */
  readonly installCommand: string
}
export const nodes: readonly TriedNode[]
/** The one of a release line. */
export function nodeOf(line: '20.19' | '22' | '24'): TriedNode
/** Installs those of these lines that are not there, or of all. */
export function installNodes(...lines: readonly ('20.19' | '22' | '24')[]): void
