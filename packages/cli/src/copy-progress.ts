import { say } from './say.ts'
import { padded, widthOf } from './width.ts'

interface Progress {
  readonly phase: 'copying' | 'verifying'
  readonly table: string
  readonly done: number
  readonly of: number
}

interface Screen {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface CopyProgressView {
  show(progress: Progress): void
  /** Leaves the terminal as it was found. */
  end(): void
}

function verbOf({ phase }: Progress): string {
  return phase === 'copying' ? say('Copying') : say('Verifying')
}

/** A bar on a terminal; otherwise a line for each phase and each tenth of it, for a log. */
export function copyProgressView(screen: Screen): CopyProgressView {
  return screen.isTTY === true ? bar(screen) : lines(screen)
}

function percentOf({ done, of }: Progress): number {
  return of === 0 ? 100 : Math.floor((Math.min(done, of) / of) * 100)
}

const cells = 30

function bar(screen: Screen): CopyProgressView {
  let shown = ''
  return {
    show(progress) {
      const percent = percentOf(progress)
      const filled = Math.round((percent / 100) * cells)
      const text = `${padded(verbOf(progress), 9)} [${'#'.repeat(filled)}${'.'.repeat(cells - filled)}] ${percent} %  ${progress.table}`
      // A character of Chinese takes two columns; there are some in the verb only.
      const wide = widthOf(text) - text.length
      const next = text.slice(0, Math.max(20, (screen.columns ?? 80) - 1 - wide))
      if (next === shown) return
      shown = next
      screen.write(`\r\u001b[K${next}`)
    },
    end() {
      if (shown !== '') screen.write('\r\u001b[K')
    },
  }
}

function lines(screen: Screen): CopyProgressView {
  let told = ''
  return {
    show(progress) {
      const tenth = Math.floor(percentOf(progress) / 10)
      const line = say('{verb}: {percent} % of {rows} rows.', {
        verb: verbOf(progress),
        percent: tenth * 10,
        rows: progress.of,
      })
      if (line === told) return
      told = line
      screen.write(`${line}\n`)
    },
    end() {},
  }
}
