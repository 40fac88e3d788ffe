import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { Moment } from './absence.ts'

/** The clocks of one gateway. */
export type BoxClock = () => Moment

const bootIdFile = '/proc/sys/kernel/random/boot_id'

/** Time since the start of the machine as its kernel counts it, time asleep included. */
export function systemBoxClock(): BoxClock {
  const boot = bootId()
  return () => ({ boot, upMs: Math.round(uptime() * 1000), wallMs: Date.now() })
}

/** Only Linux names its starts. Elsewhere a restarted program cannot tell whether the machine was restarted too. */
function bootId(): string {
  try {
    return readFileSync(bootIdFile, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
