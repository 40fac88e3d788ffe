import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Timers } from '@opensag/protocol'
import { plainEnvironment, runBy } from '../../run-command.ts'
import { entering } from '../system.ts'
import { createPacketReader, type RecognisedPacket } from './recognised-packets.ts'

export interface RecogniserOptions {
  /** Undefined: the network this process is in. */
  readonly namespace: string | undefined
  /** The interface whose packets it looks at. */
  readonly device: string
  readonly found: (packet: RecognisedPacket) => void
  readonly problem: (error: unknown) => void
  readonly timers: Timers
}

/** Looks at the packets of an interface until it is closed. */
export interface Recogniser {
  /** Starts it anew: it keeps what it has seen. */
  renew(): void
  close(): Promise<void>
}

/** It keeps about 4 KB of each connection it has seen, and never gives them back. */
const mostBytes = 256 * 1024 * 1024
const waitMs = 1_000

/**
 * Starts ndpiReader, and starts it anew whenever it has ended. Beyond its memory it goes on without knowing new connections; it dies with
 * this process.
 */
export function startRecogniser({ namespace, device, found, problem, timers }: RecogniserOptions): Recogniser {
  const [program, ...args] = runBy(
    [...entering(namespace), 'setpriv', '--pdeathsig', 'KILL', 'prlimit', `--as=${mostBytes}`],
    ['ndpiReader', '-q', '-i', device, '--capture', '--fifo', '-'],
  )
  let isClosed = false
  let isWanted = true
  let cancelStart = (): void => {}
  let running = start()

  function start(): ReturnType<typeof spawnIt> {
    isWanted = true
    const child = spawnIt()
    const read = createPacketReader(found)
    let complaint = ''
    child.stdout.on('data', (bytes: Buffer) => {
      try {
        read(bytes)
      } catch (error) {
        problem(error)
        child.kill('SIGKILL')
      }
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-500)
    })
    child.once('error', problem)
    child.once('close', (code, signal) => {
      if (isClosed) return
      if (isWanted) problem(new Error(`ndpiReader ended with ${signal ?? code}: ${complaint.trim()}`))
      cancelStart = timers.after(isWanted ? waitMs : 0, () => {
        running = start()
      })
    })
    return child
  }

  function spawnIt() {
    return spawn(program, args, { env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  }

  return {
    renew() {
      isWanted = false
      running.kill('SIGKILL')
    },
    async close() {
      isClosed = true
      cancelStart()
      if (running.exitCode !== null || running.signalCode !== null || running.pid === undefined) return
      running.kill('SIGKILL')
      await once(running, 'close')
    },
  }
}
