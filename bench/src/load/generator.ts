import { spawnSync } from 'node:child_process'
import { ownGenerator } from './own.ts'
import { wrkGenerator } from './wrk.ts'

/** Requests for one server, for so long. */
export interface Load {
  readonly port: number
  readonly secure: boolean
  readonly connections: number
  readonly seconds: number
  /** Whole as they go on the socket: signing is not what is measured. */
  readonly requests: readonly Buffer[]
  /** They may be sent again and again; otherwise each goes once. */
  readonly again: boolean
}

export interface Played {
  readonly perSecond: number
  readonly answers: number
  /** Answers other than success. */
  readonly failures: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** There were too few requests: the last ones measured nothing. */
  readonly ranOut: boolean
}

export interface Generator {
  readonly name: string
  play(load: Load): Promise<Played>
}

/** `wrk` where it is installed: it costs a third of our own, on cores that the servers share with it. */
export function generatorFor(wanted: 'wrk' | 'own' | undefined, folder: string): Generator {
  if (wanted === 'own') return ownGenerator
  // Without arguments it prints its usage.
  const isThere = spawnSync('wrk', ['--version']).error === undefined
  if (isThere) return wrkGenerator(folder)
  if (wanted === 'wrk') throw new Error('wrk is not installed.')
  return ownGenerator
}
