/**
 * What a program did to the files under one watched folder, or said to the world, in the order it did so. Paths
 * are relative to the watched folder, which itself is "".
 */
export type Step =
  | { readonly is: 'make-folder'; readonly path: string }
  /** A new, empty file, or the one that is there. */
  | { readonly is: 'make-file'; readonly path: string }
  | { readonly is: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly is: 'resize'; readonly path: string; readonly length: number }
  | { readonly is: 'rename'; readonly from: string; readonly to: string }
  | { readonly is: 'link'; readonly from: string; readonly to: string }
  | { readonly is: 'unlink'; readonly path: string }
  /** fsync or fdatasync of a file or a folder. It covers the steps before the one with this number. */
  | { readonly is: 'sync'; readonly path: string; readonly covers: number }
  /** Written to a socket, a pipe or a terminal: from here on others may rely on it. */
  | { readonly is: 'said'; readonly text: string }

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** What two runs on one folder did, one after the other. */
export function joined(first: readonly Step[], second: readonly Step[]): readonly Step[] {
  const later = second.map((step) => (step.is === 'sync' ? { ...step, covers: step.covers + first.length } : step))
  return [...first, ...later]
}

/** Number of the first step after which somebody has read this; undefined when nobody has. */
export function saidBy(steps: readonly Step[], text: string): number | undefined {
  const at = steps.findIndex((step) => step.is === 'said' && step.text.includes(text))
  return at < 0 ? undefined : at + 1
}
