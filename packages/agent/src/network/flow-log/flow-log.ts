import { createMutex, type Timers, type WallClock, type WireFlowLog } from '@opensag/protocol'
import type { Logger } from 'pino'
import { branchTable } from '../marks.ts'
import type { System } from '../system.ts'
import { openUdpSender, type UdpSender } from '../udp-sender.ts'
import { createFlowAger } from './ager.ts'
import { type Flow, flowsIn } from './conntrack-flows.ts'
import { createNetflowWriter } from './netflow.ts'
import { appendRecords } from './records-file.ts'

/** What is recorded of a branch, and where the records go out. */
export interface FlowLogPlan {
  readonly log: WireFlowLog
  readonly instance: string
  /**
   * The address datagrams to the collector come from: of the branch, whose packets leave by its tunnels or not at all; undefined:
   * they go as the machine's own do, in the clear.
   */
  readonly source: string | undefined
}

/** Records the connections of a branch. */
export interface FlowLog {
  /** The same again changes nothing. Resolves when connections that begin from now on are recorded; undefined: none is. */
  set(plan: FlowLogPlan | undefined): Promise<void>
  close(): Promise<void>
}

export interface FlowLogOptions {
  readonly serial: string
  /** Where records are written to. */
  readonly file: string
  /** What else is written of a connection; absent: nothing. */
  readonly more?: (flow: Flow) => object
  readonly system: Pick<System, 'run' | 'namespace'>
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly logger: Logger
}

/** An entry of the kernel outlives the last packet of its connection by 10 s at least: none is missed. */
const longestLookMs = 5_000

/** Every mark of a connection of the branch: this one, and the next, of connections from the Internet. */
const marks = `${branchTable}/0xfffffffe`

export function openFlowLog(options: FlowLogOptions): FlowLog {
  const { serial, file, more = () => ({}), system, timers, wallClock, logger } = options
  const exclusive = createMutex()
  let current: string | undefined
  let stop: () => Promise<void> = async () => {}

  async function start({ log, instance, source }: FlowLogPlan): Promise<void> {
    const { activeAging, inactiveAging, netflow, records } = log
    const ager = createFlowAger({ activeMs: activeAging * 1000, inactiveMs: inactiveAging * 1000 })
    const startedAt = wallClock()
    const writer = netflow && createNetflowWriter(netflow.version, startedAt)
    const sender: UdpSender | undefined =
      netflow && openUdpSender(system.namespace, { ip: netflow.ip, port: netflow.port, source }, complain)
    const everyMs = Math.min(longestLookMs, inactiveAging * 500)
    let isStopped = false
    let cancel = (): void => {}
    let looking = Promise.resolve()

    async function look(): Promise<void> {
      const flows = flowsIn(await system.run(['conntrack', '-L', '-f', 'ipv4', '-o', 'id', '-m', marks]))
      if (isStopped) return
      const found = ager.look(flows, wallClock())
      for (const datagram of writer?.write(found, wallClock()) ?? []) sender?.send(datagram)
      if (records !== undefined) await appendRecords(file, { ...records, instance, serial }, found, more)
    }

    function lookLater(): void {
      if (isStopped) return
      cancel = timers.after(everyMs, () => {
        looking = look().catch(complain).finally(lookLater)
      })
    }

    stop = async () => {
      isStopped = true
      cancel()
      await looking
      await sender?.close()
    }
    // What is there already is not new.
    await look()
    lookLater()
  }

  let complainedAt = Number.NEGATIVE_INFINITY
  /** A collector that is not there fails every datagram. */
  function complain(error: unknown): void {
    if (timers.now() - complainedAt < 60_000) return
    complainedAt = timers.now()
    logger.warn({ serial, err: error }, 'Records of connections could not be written or sent.')
  }

  async function put(plan: FlowLogPlan | undefined): Promise<void> {
    const text = plan && JSON.stringify(plan)
    if (text === current) return
    current = undefined
    await stop()
    stop = async () => {}
    if (plan !== undefined) await start(plan)
    current = text
  }

  return {
    set: (plan) => exclusive(() => put(plan)),
    close: () => exclusive(() => put(undefined)),
  }
}
