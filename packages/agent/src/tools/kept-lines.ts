import type { ToolLogLine, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'

/** A logger, and the last of what was logged by it. */
export interface KeptLines {
  readonly logger: Logger
  /** The oldest first. */
  lines(): readonly ToolLogLine[]
}

const mostLines = 200
const longestLine = 300
const kept = new Set(['info', 'warn', 'error', 'fatal'])

/**
 * Remembers the last lines of a log, so that who asks the gateway for them need not log on to its machine. As with every log no
 * secret is in it; what looks like a key is left out all the same, since these lines leave the machine.
 */
export function keepLines(logger: Logger, wallClock: WallClock = Date.now): KeptLines {
  const ring: ToolLogLine[] = []

  function keep(level: string, given: readonly unknown[]): void {
    if (ring.length === mostLines) ring.shift()
    const shown = level === 'fatal' ? 'error' : (level as ToolLogLine['level'])
    ring.push({ at: wallClock(), level: shown, text: textOf(given) })
  }

  return {
    logger: new Proxy(logger, {
      get(target, key) {
        const own: unknown = Reflect.get(target, key)
        if (typeof own !== 'function') return own
        const level = String(key)
        if (!kept.has(level)) return own.bind(target) as unknown
        return (...given: unknown[]) => {
          keep(level, given)
          return own.apply(target, given) as unknown
        }
      },
    }),
    lines: () => [...ring],
  }
}

/** The message, then what belongs to it and is short: `Not connected. reason=…`. */
function textOf([first, second]: readonly unknown[]): string {
  const [fields, message] = typeof first === 'string' ? [{}, first] : [first ?? {}, second ?? '']
  const parts = Object.entries(fields as object).flatMap(([name, value]) => {
    if (name === 'serial') return []
    if (value instanceof Error) return [`${name}=${value.message}`]
    return ['string', 'number', 'boolean'].includes(typeof value) ? [`${name}=${value}`] : []
  })
  return plainLine([String(message), ...parts].join(' '), longestLine)
}

/** One line without control characters, nor anything as long as a key. */
export function plainLine(text: string, most: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[A-Za-z0-9+/_=-]{32,}/g, '…')
    .trim()
    .slice(0, most)
}
