interface Parts {
  readonly headings: readonly { readonly level: number; readonly title: string }[]
  /** Of each table, the number of cells of each row. */
  readonly tables: readonly (readonly number[])[]
  readonly code: readonly string[]
  readonly links: readonly string[]
}

export function documentsWithTwins(): readonly string[]
export function twinOf(file: string): string
export function partsOf(text: string): Parts
export function openEmphasis(text: string): readonly string[]
