// Blocks of shell in documents, and the mark above each: whether, and where, what stands there is run.
import { documents, isChinese, pageOf } from './documents.ts'
import type { Block } from './markdown.ts'

/** A mark is a comment on the line before the fence, so that no renderer shows it. */
type Mark =
  /** `<!-- run -->`: `commands.test.ts` runs it. */
  | { readonly kind: 'run' }
  /** `<!-- run by test/x.test.ts -->`: that test runs these commands, or the same with names of its own. */
  | { readonly kind: 'run by'; readonly tests: readonly string[] }
  /** `<!-- not run: why -->` */
  | { readonly kind: 'not run'; readonly why: string }

export interface ShellBlock extends Block {
  readonly document: string
  /** Undefined: it has none that can be read. */
  readonly meaning: Mark | undefined
}

const shells = ['sh', 'bash', 'shell', 'console', 'zsh']

/** Of all documents but the Chinese ones: these have the same blocks, which another test holds. */
export function shellBlocks(): readonly ShellBlock[] {
  return documents()
    .filter((document) => !isChinese(document))
    .flatMap((document) =>
      pageOf(document)
        .blocks.filter(({ language }) => shells.includes(language))
        .map((block) => ({ ...block, document, meaning: meaningOf(block.mark) })),
    )
}

function meaningOf(mark = ''): Mark | undefined {
  if (mark === 'run') return { kind: 'run' }
  const [, tests] = /^run by (\S+(?:, \S+)*)$/.exec(mark) ?? []
  if (tests !== undefined) return { kind: 'run by', tests: tests.split(', ') }
  const [, why] = /^not run: (.{10,})$/.exec(mark) ?? []
  return why === undefined ? undefined : { kind: 'not run', why }
}

/** The commands of a block; one may have several lines: continued by a backslash, or with a text for its standard input. */
export function commandsOf({ lines }: Block): readonly string[] {
  const commands: string[] = []
  let open = ''
  let end: string | undefined
  for (const line of lines) {
    open = open === '' ? line : `${open}\n${line}`
    end ??= /<<'?(\w+)'?/.exec(line)?.[1]
    if (end === undefined ? line.endsWith('\\') : line !== end) continue
    if (/^[^#\s]/.test(open)) commands.push(open)
    open = ''
    end = undefined
  }
  if (open.trim() !== '') throw new Error(`This command has no end: ${open}`)
  return commands
}
