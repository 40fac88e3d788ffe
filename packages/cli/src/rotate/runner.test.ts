import { Secret } from '@opensag/protocol'
import {
  type Amount,
  doubtsOf,
  type Gateway,
  type JournalRecord,
  type Outcome,
  planRotation,
  type RotationSettings,
  type RunEnd,
  readJournal,
} from '@opensag/rotation'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSlots } from './concurrency.ts'
import type { Journal } from './journal.ts'
import { createReader } from './read.ts'
import { createReadBack } from './read-back.ts'
import { runWaves } from './runner.ts'
import { createStop, type Stop } from './stop.ts'
import { createCloud, type Fault, never } from './testing/cloud.suite.ts'

const at = '2026-11-25T19:00:00.000Z'
const quick = { firstMs: 0, longestMs: 0 }

/** A rotation whose journal survives its runs, on a cloud that does too. */
function createRotation(count: number, cloud: ReturnType<typeof createCloud>) {
  const fleet = Array.from(
    { length: count },
    (_, index): Gateway => ({
      regionId: 'cn-shanghai',
      instanceId: `sag-${index}`,
      instanceName: undefined,
      ccnId: undefined,
      serial: `s${index}`,
      model: index % 2 === 0 ? 'sag-1000' : 'SCG5000',
      version: '3.4.2.0',
      role: 'active',
      online: true,
    }),
  )
  const plan = planRotation(fleet, { canary: { count: 2 }, growth: 2, largest: 100 })
  const records: JournalRecord[] = [
    {
      kind: 'began',
      format: 1,
      rotation: 'r',
      at,
      endpoint: 'e',
      selection: '--all',
      recipients: [],
      passwords: 'made',
    },
    { kind: 'planned', gateways: plan },
    { kind: 'plan-ended', gateways: plan.length, waves: 0 },
  ]
  const passwordOf = (run: number, gateway: number): string => `run${run}_gateway${gateway}`
  const by = { accessKeyId: 'k', principal: undefined, user: 'u', host: 'h' }

  /** A run; `undefined` when it was killed: at the so-many-th write, which reached the disk or did not. */
  async function run(
    options: {
      readonly settings?: Partial<RotationSettings>
      readonly mostFailures?: Amount
      readonly killAt?: { readonly write: number; readonly written: boolean }
      readonly stop?: Stop
      readonly diskFullAt?: number
      readonly retryFailed?: boolean
    } = {},
  ): Promise<RunEnd | undefined> {
    const { killAt, stop = createStop(), diskFullAt, mostFailures = { percent: 100 } } = options
    let writes = 0
    let kill: (() => void) | undefined
    let isDead = false
    const killed = new Promise<void>((resolve) => {
      kill = resolve
    })
    const journal: Pick<Journal, 'write'> = {
      async write(...more) {
        if (isDead) return never
        writes += 1
        if (diskFullAt !== undefined && writes >= diskFullAt) throw new Error('no space left on device')
        if (writes !== killAt?.write) {
          records.push(...more)
          return
        }
        if (killAt.written) records.push(...more)
        isDead = true
        kill?.()
        return never
      },
    }
    const gatewayState = readJournal(records)
    const number = (gatewayState.runs.at(-1)?.run ?? 0) + 1
    records.push({ kind: 'run', run: number, at, by })
    const reader = createReader({
      caller: cloud.caller,
      attempts: 3,
      backoff: quick,
      pause: cloud.pause,
      chance: () => 0,
    })
    const [probe] = plan
    if (probe === undefined) throw new Error('There is nothing to rotate.')
    const { readBack } = await createReadBack(
      {
        reader,
        principalOf: () => undefined,
        settleMs: 30_000,
        endpointTime: () => cloud.caller.endpointTime(),
        pause: cloud.pause,
        isStopped: () => stop.reason !== undefined,
      },
      probe,
    )
    const running = runWaves(
      {
        run: number,
        journal,
        // What a dead process is answered nobody hears.
        caller: { ...cloud.caller, call: async (...given) => (isDead ? never : cloud.caller.call(...given)) },
        slots: createSlots(4),
        stop,
        settings: {
          attempts: 3,
          canReadBack: readBack !== undefined,
          repeatLost: false,
          waitOffline: false,
          ...options.settings,
        },
        backoff: quick,
        chance: () => 0,
        now: () => at,
        prepare: async (due) => new Map(due.map((index) => [index, Secret.of(passwordOf(number, index))])),
        readBack: async (gateway, one) => (readBack === undefined ? { is: 'unknown' } : readBack.find(gateway, one)),
        comesOnline: async () => true,
        watcher: { wave: () => {}, decided: () => {} },
      },
      {
        gateways: plan,
        gatewayStates: [...gatewayState.gateways],
        isDue: ({ outcome }) => outcome === undefined || (options.retryFailed === true && outcome.is !== 'changed'),
        mostFailures,
      },
    )
    const end = await Promise.race([running, killed])
    return end ?? undefined
  }

  return { run, plan, passwordOf, records, gatewayStates: () => readJournal(records).gateways }
}

function outcomesOf({ gatewayStates }: ReturnType<typeof createRotation>): readonly (Outcome['is'] | undefined)[] {
  return gatewayStates().map(({ outcome }) => outcome?.is)
}

const always = (fault: Fault) => createCloud({ fault: () => fault, keepsRecord: false })

describe('a run', () => {
  test('changes every gateway once', async () => {
    const cloud = always('none')
    const rotation = createRotation(20, cloud)
    expect(await rotation.run()).toEqual({ is: 'finished' })
    for (const [index, gateway] of rotation.plan.entries()) {
      expect(cloud.holds(gateway)).toBe(rotation.passwordOf(1, index))
      expect(cloud.timesChanged(gateway)).toBe(1)
    }
    expect(new Set(outcomesOf(rotation))).toEqual(new Set(['changed']))
  })

  test('stops after the canary wave when all of it fails, and has not touched the others', async () => {
    const cloud = always('refused')
    const rotation = createRotation(20, cloud)
    expect(await rotation.run({ mostFailures: { percent: 10 } })).toMatchObject({ is: 'too-many-failures' })
    expect(rotation.records.filter(({ kind }) => kind === 'calling').length).toBeLessThanOrEqual(2)
  })

  test('that is told to stop lets what is under way end, and begins neither a call nor a wave', async () => {
    const stop = createStop()
    let calls = 0
    const cloud = always('none')
    const counting: typeof cloud = {
      ...cloud,
      caller: {
        ...cloud.caller,
        async call(...given) {
          const answer = await cloud.caller.call(...given)
          // In the third wave, which is of eight gateways; four are called at a time.
          if (given[1].endsWith('AdminPassword') && ++calls === 7) stop.now({ is: 'interrupted' })
          return answer
        },
      },
    }
    const rotation = createRotation(40, counting)
    expect(await rotation.run({ stop })).toEqual({ is: 'interrupted' })
    expect(calls).toBeLessThanOrEqual(7 + 3)
    const waves = rotation.records.flatMap((record) => (record.kind === 'wave' ? [record.wave] : []))
    expect(waves).toEqual([0, 1, 2])
    expect(outcomesOf(rotation).filter((outcome) => outcome !== undefined)).toHaveLength(calls)
  })

  test('whose journal cannot be written any more halts, and says so although nothing was left to do', async () => {
    const cloud = always('none')
    // One gateway: run, wave, call, answer, decision.
    const last = createRotation(1, cloud)
    expect(await last.run({ diskFullAt: 4 })).toEqual({ is: 'halted', why: 'no space left on device' })
    const many = createRotation(20, always('none'))
    expect(await many.run({ diskFullAt: 6 })).toEqual({ is: 'halted', why: 'no space left on device' })
    expect(many.records.filter(({ kind }) => kind === 'calling').length).toBeLessThan(20)
  })

  test('stops at the first wrong key, and decides nothing by it', async () => {
    const cloud = createCloud({ fault: () => 'none', keepsRecord: false })
    const refusing = { ...cloud, caller: { ...cloud.caller, call: refuseKey } }
    async function refuseKey() {
      return {
        is: 'answered',
        status: 404,
        code: 'InvalidAccessKeyId.NotFound',
        message: undefined,
        requestId: 'q',
        retryAfterMs: undefined,
        body: {},
      } as const
    }
    const rotation = createRotation(20, refusing)
    expect(await rotation.run()).toMatchObject({ is: 'halted', why: 'InvalidAccessKeyId.NotFound' })
    expect(outcomesOf(rotation).every((outcome) => outcome === undefined)).toBe(true)
    expect(rotation.gatewayStates().flatMap(doubtsOf)).toEqual([])
  })

  test('that is interrupted begins nothing more, and the next one does the rest', async () => {
    const stop = createStop()
    let calls = 0
    const cloud = createCloud({
      keepsRecord: false,
      fault: () => {
        if (++calls === 5) stop.now({ is: 'interrupted' })
        return 'none'
      },
    })
    const rotation = createRotation(20, cloud)
    expect(await rotation.run({ stop })).toEqual({ is: 'interrupted' })
    expect(calls).toBeLessThan(10)
    expect(await rotation.run()).toEqual({ is: 'finished' })
    expect(rotation.plan.every((gateway) => cloud.timesChanged(gateway) === 1)).toBe(true)
  })

  test('that is interrupted while an answer is lost does not wait for what became of it: the next one asks', async () => {
    const stop = createStop()
    const fault: Fault[] = ['lost before']
    const cloud = createCloud({
      keepsRecord: true,
      fault() {
        stop.now({ is: 'interrupted' })
        return fault.shift() ?? 'none'
      },
    })
    const rotation = createRotation(1, cloud)
    expect(await rotation.run({ stop })).toEqual({ is: 'interrupted' })
    // The probe, the call, and one look.
    expect(cloud.requests).toBe(3)
    expect(outcomesOf(rotation)).toEqual([undefined])
    expect(rotation.gatewayStates().flatMap(doubtsOf)).toHaveLength(1)
    expect(await rotation.run()).toEqual({ is: 'finished' })
    expect(outcomesOf(rotation)).toEqual(['changed'])
  })

  test('with a full disk sends nothing that is not written down', async () => {
    const cloud = always('none')
    const rotation = createRotation(20, cloud)
    expect(await rotation.run({ diskFullAt: 2 })).toMatchObject({ is: 'halted', why: 'no space left on device' })
    expect(rotation.plan.every((gateway) => cloud.timesChanged(gateway) === 0)).toBe(true)
  })

  test('waits for a gateway that is offline, and changes it when it is back', async () => {
    const fault: Fault[] = ['offline', 'offline', 'none', 'none']
    const cloud = createCloud({ fault: () => fault.shift() ?? 'none', keepsRecord: false })
    const rotation = createRotation(2, cloud)
    expect(await rotation.run({ settings: { waitOffline: true } })).toEqual({ is: 'finished' })
    expect(outcomesOf(rotation)).toEqual(['changed', 'changed'])
  })

  test('tries those that failed again when it is asked to, and the changed ones not', async () => {
    let fault: Fault = 'refused'
    const cloud = createCloud({ fault: () => fault, keepsRecord: false })
    const rotation = createRotation(4, cloud)
    await rotation.run()
    fault = 'none'
    await rotation.run()
    expect(outcomesOf(rotation)).toEqual(['kept', 'kept', 'kept', 'kept'])
    await rotation.run({ retryFailed: true })
    await rotation.run({ retryFailed: true })
    expect(rotation.plan.map((gateway) => cloud.timesChanged(gateway))).toEqual([1, 1, 1, 1])
  })
})

const everyFault: readonly Fault[] = [
  'none',
  'none',
  'none',
  'throttled',
  'refused',
  'offline',
  'not-sent',
  'lost before',
  'lost after',
  'unclear before',
  'unclear after',
]

test.each([true, false])(
  'killed at any write, with any fault, what is stated is true and nothing is changed twice (endpoint with a record: %s)',
  async (keepsRecord) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.constantFrom(...everyFault), { minLength: 1, maxLength: 40 }),
        fc.array(fc.record({ write: fc.integer({ min: 1, max: 40 }), written: fc.boolean() }), { maxLength: 4 }),
        async (count, faults, kills) => {
          let turn = 0
          const cloud = createCloud({ fault: () => faults[turn++ % faults.length] ?? 'none', keepsRecord })
          const rotation = createRotation(count, cloud)
          for (const killAt of kills) await rotation.run({ killAt })
          expect(await rotation.run()).toEqual({ is: 'finished' })

          for (const [index, gatewayState] of rotation.gatewayStates().entries()) {
            const gateway = rotation.plan[index] as Gateway
            const held = cloud.holds(gateway)
            const { outcome, holds = 0 } = gatewayState
            if (outcome?.is === 'changed') expect(held).toBe(rotation.passwordOf(holds, index))
            else if (outcome?.is === 'unknown') {
              const candidates = doubtsOf(gatewayState).map(({ run }) => rotation.passwordOf(run, index))
              expect([undefined, ...candidates]).toContain(held)
            } else expect({ outcome, held }).toEqual({ outcome: expect.anything(), held: undefined })
            if (keepsRecord) {
              expect(outcome?.is).not.toBe('unknown')
              expect(cloud.timesChanged(gateway)).toBeLessThanOrEqual(1)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  },
)

test('an interruption while it is being found out what became of a call leaves that to the next run', async () => {
  const stop = createStop()
  const fault: Fault[] = ['lost before']
  const cloud = createCloud({ fault: () => fault.shift() ?? 'none', keepsRecord: true })
  const interrupting = {
    ...cloud,
    async pause(ms: number): Promise<void> {
      stop.now({ is: 'interrupted' })
      await cloud.pause(ms)
    },
  }
  const rotation = createRotation(1, interrupting)
  expect(await rotation.run({ stop })).toEqual({ is: 'interrupted' })
  expect(rotation.gatewayStates().map((one) => doubtsOf(one).length)).toEqual([1])
  expect(await rotation.run({ stop: createStop() })).toEqual({ is: 'finished' })
  expect(outcomesOf(rotation)).toEqual(['changed'])
})
