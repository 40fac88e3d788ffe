// What tests read in the documents: headings, tables, blocks of code and links.

/** A fenced block. */
export interface Block {
  readonly language: string
  /** Without the indentation of its fence. */
  readonly lines: readonly string[]
  /** Number of the line with its fence, from 1. */
  readonly at: number
  /** The comment on the line before its fence, if there is one. */
  readonly mark: string | undefined
  /** Heading above it. */
  readonly under: string
}

export interface Page {
  readonly blocks: readonly Block[]
  /** Levels and texts. */
  readonly headings: readonly (readonly [level: number, text: string])[]
  /** Rows of each table, with its head. */
  readonly tables: readonly number[]
  /** The text outside of blocks, without code in lines; its lines keep their numbers. */
  readonly prose: readonly string[]
}

export function readMarkdown(text: string): Page {
  const lines = text.split('\n')
  const blocks: Block[] = []
  const headings: (readonly [number, string])[] = []
  const tables: number[] = []
  const prose: string[] = []
  let rows = 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, indent = '', fence, language = ''] = /^( *)(`{3,})(\S*)/.exec(line) ?? []
    if (fence !== undefined) {
      const end = lines.findIndex((other, index) => index > at && other.trim() === fence)
      if (end === -1) throw new Error(`The block of line ${at + 1} has no end.`)
      const own = lines.slice(at + 1, end).map((inner) => inner.slice(Math.min(indent.length, leading(inner))))
      const [, mark] = /^ *<!-- (.*) -->$/.exec(lines[at - 1] ?? '') ?? []
      blocks.push({ language, lines: own, at: at + 1, mark, under: headings.at(-1)?.[1] ?? '' })
      prose.push(...lines.slice(at, end + 1).map(() => ''))
      at = end
      continue
    }
    const [, hashes, heading = ''] = /^(#{1,6}) +(.*?) *$/.exec(line) ?? []
    if (hashes !== undefined) headings.push([hashes.length, heading])
    const isRow = /^ *\|/.test(line)
    if (!isRow && rows > 0) tables.push(rows)
    rows = isRow ? rows + 1 : 0
    prose.push(line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ''))
  }
  if (rows > 0) tables.push(rows)
  return { blocks, headings, tables, prose }
}

const leading = (line: string): number => line.length - line.trimStart().length

/** A link or an image: where it leads, and on which line, from 1. */
export interface Link {
  readonly target: string
  readonly at: number
}

export function linksOf({ prose }: Page): readonly Link[] {
  const shapes = [
    /\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)?)(?: "[^"]*")?\)/g,
    /^\[[^\]]+\]: +(\S+)/g,
    /<(?:a href|img src)="([^"]+)"/g,
  ]
  return prose.flatMap((line, index) =>
    shapes.flatMap((shape) => [...line.matchAll(shape)].map(([, target = '']) => ({ target, at: index + 1 }))),
  )
}
