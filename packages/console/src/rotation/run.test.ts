import { type Answer, type Gateway, keyOf, planRotation } from '@opensag/rotation'
import { describe, expect, test } from 'vitest'
import { type GatewayProgress, type RotationContext, runRotation } from './run.ts'

function fleet(count: number, given: Partial<Gateway> = {}): readonly Gateway[] {
  return Array.from({ length: count }, (_, index) => ({
    regionId: 'cn-shanghai',
    instanceId: `sag-${index}`,
    instanceName: undefined,
    ccnId: undefined,
    serial: `sag${index}`,
    model: 'sag-1000',
    version: '2.3.1.1',
    role: 'active' as const,
    online: true,
    ...given,
  }))
}

const fine: Answer = { status: 200, code: undefined, requestId: 'R' }
const waves = { canary: { count: 1 }, growth: 2, largest: 4 }
const settings = { atOnce: 3, mostFailures: { count: 0 }, attempts: 2 }

interface Rehearsal {
  readonly end: string
  readonly seen: ReadonlyMap<string, GatewayProgress>
  readonly sent: ReadonlyMap<string, readonly string[]>
  readonly mostAtOnce: number
  readonly waves: readonly number[]
}

async function rehearse(
  gateways: readonly Gateway[],
  answer: (serial: string, attempt: number) => Answer | 'lost',
  more: Partial<RotationContext> & { readonly isStopped?: () => boolean } = {},
): Promise<Rehearsal> {
  const seen = new Map<string, GatewayProgress>()
  const sent = new Map<string, string[]>()
  let [made, running, mostAtOnce] = [0, 0, 0]
  const begun: number[] = []
  const { end } = await runRotation(
    planRotation(gateways, waves),
    settings,
    {
      async call({ serial }, _operation, password) {
        running += 1
        mostAtOnce = Math.max(mostAtOnce, running)
        sent.set(serial, [...(sent.get(serial) ?? []), password])
        await Promise.resolve()
        running -= 1
        return answer(serial, sent.get(serial)?.length ?? 0)
      },
      readBack: async () => 'unknown',
      pause: async () => {},
      now: () => 0,
      chance: () => 0,
      password() {
        made += 1
        return `password-${made}`
      },
      ...more,
    },
    {
      progress: (progress) => void seen.set(keyOf(progress.gateway), progress),
      wave: (number) => void begun.push(number),
      isStopped: more.isStopped ?? (() => false),
    },
  )
  return { end, seen, sent, mostAtOnce, waves: begun }
}

const outcomes = ({ seen }: Rehearsal): readonly (string | undefined)[] =>
  [...seen.values()].map(({ outcome }) => outcome?.is)

describe('a rotation from the console', () => {
  test('gives every gateway a password of its own, a few at a time', async () => {
    const run = await rehearse(fleet(20), () => fine)
    expect(run.end).toBe('complete')
    expect(outcomes(run)).toEqual(Array.from({ length: 20 }, () => 'changed'))
    expect(new Set([...run.sent.values()].flat()).size).toBe(20)
    expect(run.mostAtOnce).toBeLessThanOrEqual(3)
  })

  test('stops after the first wave that fails, and begins no other gateway', async () => {
    const refused: Answer = { status: 403, code: 'FeatureNotSupport', requestId: 'R' }
    const run = await rehearse(fleet(20), () => refused)
    expect(run.end).toBe('too-many')
    expect(run.sent.size).toBe(1)
    expect([...run.seen.values()][0]).toMatchObject({ outcome: { is: 'kept' }, password: undefined })
  })

  test('stops when it is told to between two waves, and says so', async () => {
    let stopped = false
    const run = await rehearse(fleet(20), () => fine, {
      call: async () => fine,
      isStopped: () => stopped,
      // The first wave is one gateway: it is told to stop while that is being called.
      password() {
        stopped = true
        return 'password'
      },
    })
    expect(run.end).toBe('stopped')
    expect(outcomes(run)).toEqual(['changed'])
    expect(run.waves).toEqual([0])
  })

  test('stops when it is told to within a wave: what is under way ends, and no other gateway is called', async () => {
    let called = 0
    const run = await rehearse(fleet(20), () => fine, {
      async call() {
        called += 1
        return fine
      },
      isStopped: () => called >= 4,
    })
    expect(run.end).toBe('stopped')
    expect(called).toBeGreaterThanOrEqual(4)
    // Those that were under way with the fourth; the third wave has one more.
    expect(called).toBeLessThan(4 + settings.atOnce)
  })

  test('keeps the password of a call whose answer was lost: it may be in force', async () => {
    const run = await rehearse(fleet(1), () => 'lost')
    const [progress] = run.seen.values()
    expect(progress?.outcome?.is).toBe('unknown')
    expect(progress?.password).toBe(run.sent.get('sag0')?.[0])
  })

  test('believes the server’s record of a call whose answer was lost', async () => {
    const run = await rehearse(fleet(1), () => 'lost', { readBack: async () => 'changed' })
    expect(outcomes(run)).toEqual(['changed'])
  })

  test('asks again with the same password when the gateway was busy', async () => {
    const busy: Answer = { status: 400, code: 'ResourceInOperating', requestId: 'R' }
    const run = await rehearse(fleet(1), (_serial, attempt) => (attempt === 1 ? busy : fine))
    expect(outcomes(run)).toEqual(['changed'])
    const [first, second] = run.sent.get('sag0') ?? []
    expect(second).toBe(first)
  })

  test('a key that does not count any more ends all of it', async () => {
    const ended: Answer = { status: 400, code: 'InvalidSecurityToken.Expired', requestId: 'R' }
    const run = await rehearse(fleet(9), () => ended)
    expect(run.end).toBe('halted')
    expect(run.sent.size).toBe(1)
  })

  test('what has no such password is left alone and told of', async () => {
    const run = await rehearse(fleet(2, { model: 'sag-vcpe' }), () => fine)
    expect(outcomes(run)).toEqual(['unsupported', 'unsupported'])
    expect(run.sent.size).toBe(0)
  })
})
