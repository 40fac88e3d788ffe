import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** What every user of a machine could have read of its processes: each command line and environment that was there. */
export interface Watch {
  /** Ends it; resolves with all that was seen. */
  stop(): Promise<readonly string[]>
}

/** Looks into `/proc` every few milliseconds. */
export function watchCommandLines(proc: string): Watch {
  const seen = new Set<string>()
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      for (const process of readdirSync(proc)) {
        if (!/^\d+$/.test(process)) continue
        for (const file of ['cmdline', 'environ']) {
          const text = readProcess(join(proc, process, file))
          if (text !== '') seen.add(text)
        }
      }
      await pause(3)
    }
  })()
  return {
    async stop() {
      isOver = true
      await watching
      return [...seen].map((text) => text.replaceAll('\0', ' '))
    },
  }
}

function readProcess(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return '' // it has ended meanwhile
    throw error
  }
}
