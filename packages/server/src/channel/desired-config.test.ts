import {
  type ConfigMark,
  createManualTime,
  type FromServer,
  type MarkedConfig,
  type WireConfig,
} from '@opensag/protocol'
import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { NoResponder } from '../bus/bus.ts'
import { createInProcessBus } from '../bus/in-process.ts'
import { type ConfigPush, createConfigPush, createTellGateways } from './desired-config.ts'

const config: WireConfig = {
  cidrs: [],
  routingStrategy: 'static',
  securityLockThreshold: 0,
  snat: [],
  probeAddresses: [],
}

function mark(revision: number, instanceId = 'sag-one'): ConfigMark {
  return { instanceId, revision }
}

let desired: MarkedConfig | undefined
let onRead: () => Promise<void>
let sent: (ConfigMark | undefined)[]
let confirmed: number[]
let problems: unknown[]
let time: ReturnType<typeof createManualTime>
let push: ConfigPush

beforeEach(() => {
  desired = undefined
  onRead = async () => {}
  sent = []
  confirmed = []
  problems = []
  time = createManualTime()
  push = createConfigPush({
    timers: time.timers,
    retryMs: 1000,
    confirmMs: 5000,
    async read() {
      const found = desired
      await onRead()
      return found
    },
    send(message: FromServer) {
      if (message.kind === 'confirm') {
        confirmed.push(message.trial)
        return
      }
      if (message.kind !== 'configure') throw new Error(`It sends ${message.kind}.`)
      sent.push(message.desired && mark(message.desired.revision, message.desired.instanceId))
    },
    problem: (error) => problems.push(error),
  })
})

/** Long enough for whatever needs no timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

function want(revision: number, instanceId?: string): void {
  desired = { ...mark(revision, instanceId), config }
}

describe('a gateway is sent', () => {
  test('nothing before it has said what it holds', async () => {
    want(1)
    await push.look()
    expect(sent).toEqual([])
    push.reported({})
    await push.look()
    expect(sent).toEqual([mark(1)])
  })

  test('nothing while it holds the newest', async () => {
    want(3)
    push.reported({ applied: mark(3) })
    await push.look()
    expect(sent).toEqual([])
  })

  test('nothing when it is bound to no instance and holds none', async () => {
    push.reported({})
    await push.look()
    expect(sent).toEqual([])
  })

  test('the revision of the same number of another instance, and a lower one', async () => {
    want(3, 'sag-two')
    push.reported({ applied: mark(3) })
    await push.look()
    push.configured({ kind: 'configured', applied: mark(3, 'sag-two') })
    want(2, 'sag-two')
    await push.look()
    expect(sent).toEqual([mark(3, 'sag-two'), mark(2, 'sag-two')])
  })

  test('each one once, although it is looked for while it is on its way', async () => {
    want(1)
    push.reported({})
    await Promise.all([push.look(), push.look()])
    await push.look()
    // What it reports meanwhile it said before it got it.
    push.reported({})
    await push.look()
    expect(sent).toEqual([mark(1)])
    want(2)
    await push.look()
    push.configured({ kind: 'configured', applied: mark(1) })
    await push.look()
    push.configured({ kind: 'configured', applied: mark(2) })
    await push.look()
    expect(sent).toEqual([mark(1), mark(2)])
  })

  test('the newest one, although it was committed while an older one was being read', async () => {
    want(1)
    push.reported({ applied: mark(1) })
    await push.look()
    want(2)
    onRead = async () => {
      onRead = async () => {}
      want(3)
      void push.look()
    }
    await push.look()
    await settle()
    expect(sent.at(-1)).toEqual(mark(3))
  })

  test('no more often than needed, however often it is looked for while one is being read', async () => {
    let reads = 0
    onRead = async () => {
      reads++
    }
    push.reported({})
    await Promise.all(Array.from({ length: 50 }, () => push.look()))
    expect(reads).toBe(2)
  })

  test('not what it has given up, until it changes', async () => {
    want(2)
    push.reported({ applied: mark(1) })
    await push.look()
    push.configured({
      kind: 'configured',
      applied: mark(1),
      reverted: { ...mark(2), reason: 'unconfirmed' },
    })
    await push.look()
    push.reported({ applied: mark(1), reverted: { ...mark(2), reason: 'unconfirmed' } })
    await push.look()
    expect(sent).toEqual([mark(2)])
    want(3)
    await push.look()
    expect(sent).toEqual([mark(2), mark(3)])
  })

  test('the confirmation it reports to be without', async () => {
    want(2)
    push.reported({ applied: mark(2), trial: 4 })
    await push.look()
    expect([sent, confirmed]).toEqual([[], [4]])
  })

  test('that it is to hold none', async () => {
    push.reported({ applied: mark(1) })
    await push.look()
    expect(sent).toEqual([undefined])
  })

  test('again what it could not put in force, the newest by then, until its connection ends', async () => {
    want(1)
    push.reported({})
    await push.look()
    push.configured({ kind: 'configured', problem: 'It could not be stored.' })
    want(2)
    time.advance(1000)
    await push.look()
    push.configured({ kind: 'configured', problem: 'It could not be stored.' })
    push.end()
    time.advance(10_000)
    await push.look()
    expect(sent).toEqual([mark(1), mark(2)])
  })

  test('what the store could not tell at first', async () => {
    want(1)
    onRead = async () => {
      onRead = async () => {}
      throw new Error('store')
    }
    push.reported({})
    await settle()
    expect([sent, problems]).toEqual([[], [new Error('store')]])
    time.advance(1000)
    await settle()
    expect(sent).toEqual([mark(1)])
  })
})

describe('telling gateways', () => {
  test('asks whoever holds them, and leaves those that are offline to their next connection', async () => {
    const bus = createInProcessBus()
    const asked: unknown[] = []
    bus.serve('sag1', async (message) => {
      asked.push(message)
      return {}
    })
    const lines: string[] = []
    const logger = pino({}, { write: (line: string) => void lines.push(line) })
    createTellGateways({ bus, logger })(new Set(['sag1', 'sag2']))
    await expect(bus.request('sag2', { kind: 'configure' }, 100)).rejects.toThrow(NoResponder)
    expect(asked).toEqual([{ kind: 'configure' }])
    expect(lines).toEqual([])
  })

  test('a failure reaches the log and nobody else', async () => {
    const bus = createInProcessBus()
    bus.serve('sag1', () => Promise.reject(new Error('bus on fire')))
    const logged = new Promise<string>((resolve) => {
      const logger = pino({}, { write: resolve })
      createTellGateways({ bus, logger })(new Set(['sag1']))
    })
    expect(await logged).toContain('bus on fire')
  })
})
