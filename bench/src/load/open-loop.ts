import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { createAnswerReader, open } from './own.ts'

/** Where requests go. */
export interface Place {
  readonly port: number
  /** 127.0.0.1 unless said otherwise. */
  readonly host?: string
  readonly secure?: boolean
}

/** Requests that come when they come, whether or not the ones before have been answered. */
export interface Arrivals extends Place {
  readonly connections: number
  readonly perSecond: number
  /** In their order, each once. */
  readonly requests: readonly Buffer[]
  /** A client that has waited for so long gives up. */
  readonly patienceMs: number
}

/** Milliseconds from when a request was due to its answer, the wait for a free connection included. */
export interface Arrived {
  readonly accepted: readonly number[]
  readonly rejected: readonly number[]
  /** How many were rejected with each HTTP status. */
  readonly statuses: ReadonlyMap<number, number>
  /** Without an answer in time. */
  readonly givenUp: number
  /** How many a second there really were. */
  readonly offered: number
}

/** Requests are handed out in small batches: a timer for each would cost more than the request. */
const tickMs = 2

/** Offers them all, and resolves when each was answered or given up. */
export function offer(arrivals: Arrivals): Promise<Arrived> {
  const { connections, perSecond, requests, patienceMs } = arrivals
  const accepted: number[] = []
  const rejected: number[] = []
  const statuses = new Map<number, number>()
  let [givenUp, next, settled] = [0, 0, 0]
  const callers = Array.from({ length: connections }, () => newCaller(arrivals))
  const free = [...callers]
  const waiting: number[] = []
  let firstWaiting = 0

  return new Promise((resolve) => {
    const began = performance.now()
    const dueAt = (index: number): number => began + (1000 * index) / perSecond
    let handedOutMs = 0

    function settle(index: number, status: number | undefined): void {
      settled++
      const took = performance.now() - dueAt(index)
      if (status === undefined || took > patienceMs) givenUp++
      else if (status < 300) accepted.push(took)
      else {
        rejected.push(took)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
      if (settled < requests.length) return
      clearInterval(timer)
      for (const caller of callers) caller.end()
      resolve({ accepted, rejected, statuses, givenUp, offered: requests.length / (Math.max(1, handedOutMs) / 1000) })
    }

    function send(caller: Caller, index: number): void {
      caller.ask(requests[index] as Buffer, (status) => {
        settle(index, status)
        serveNext(caller)
      })
    }

    function serveNext(caller: Caller): void {
      while (firstWaiting < waiting.length) {
        const index = waiting[firstWaiting++] as number
        if (performance.now() - dueAt(index) <= patienceMs) {
          send(caller, index)
          return
        }
        settle(index, undefined)
      }
      free.push(caller)
    }

    function tick(): void {
      const now = performance.now()
      for (; next < requests.length && dueAt(next) <= now; next++) {
        const caller = free.pop()
        if (caller === undefined) waiting.push(next)
        else send(caller, next)
      }
      if (next === requests.length && handedOutMs === 0) handedOutMs = now - began
      while (firstWaiting < waiting.length && now - dueAt(waiting[firstWaiting] as number) > patienceMs) {
        settle(waiting[firstWaiting++] as number, undefined)
      }
      for (const caller of callers) caller.giveUpBefore(now - patienceMs)
    }
    const timer = setInterval(tick, tickMs)
  })
}

interface Caller {
  /** The status of the answer; undefined when there was none. One request at a time. */
  ask(request: Buffer, done: (status: number | undefined) => void): void
  giveUpBefore(sentAt: number): void
  end(): void
}

/** Whoever shed a request may have closed its connection: then the next one has a new one. */
function newCaller({ port, host, secure = false }: Place): Caller {
  let socket: Socket | undefined
  let pending: ((status: number | undefined) => void) | undefined
  let sentAt = 0

  function settle(status: number | undefined): void {
    const done = pending
    pending = undefined
    done?.(status)
  }

  function use(opened: Socket, request: Buffer): void {
    socket = opened
    function lose(): void {
      opened.destroy()
      if (socket !== opened) return
      socket = undefined
      settle(undefined)
    }
    const read = createAnswerReader((status, isLast) => {
      if (isLast) socket = undefined
      settle(status)
    })
    opened.on('data', (chunk) => {
      try {
        read(chunk)
      } catch {
        lose()
      }
    })
    opened.on('error', lose)
    opened.on('close', lose)
    opened.write(request)
  }

  return {
    ask(request, done) {
      pending = done
      sentAt = performance.now()
      if (socket !== undefined) socket.write(request)
      else
        open(port, secure, host).then(
          (opened) => (pending === done ? use(opened, request) : opened.destroy()),
          () => settle(undefined),
        )
    },
    giveUpBefore(time) {
      if (pending !== undefined && sentAt < time) end()
    },
    end,
  }

  function end(): void {
    const lost = socket
    socket = undefined
    lost?.destroy()
    settle(undefined)
  }
}
