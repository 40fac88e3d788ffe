import { expect, test } from 'vitest'
import { afterBeingSent, afterFailure } from '../../packages/agent/src/connection-retry.ts'
import { createAdmissionLimit } from '../../packages/server/src/channel/admission-limit.ts'
import { defaultSettings, spreadOf } from '../../packages/server/src/channel/settings.ts'

/**
 * The rules of both sides, in a time of their own: what the server lets in, and when a gateway tries again. A handshake
 * keeps the one core that the server has busy for a while, and takes its time on the network besides.
 */
interface Storm {
  readonly gateways: number
  /** Milliseconds during which nothing answers. */
  readonly downMs: number
  readonly coreMs: number
  readonly networkMs: number
  /** What gateways are told when the server stops in order; undefined: it was killed. */
  readonly sentAway?: (gateway: number) => number
}

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const { handshakesAtOnce: atOnce, handshakesPerSecond: perSecond, handshakeMs } = defaultSettings

function randomFrom(start: number): (bytes: number) => Buffer {
  let state = start >>> 0
  return (bytes) => {
    const buffer = Buffer.alloc(bytes)
    for (let i = 0; i < bytes; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      buffer[i] = state >>> 24
    }
    return buffer
  }
}

function simulateStampede({ gateways, downMs, coreMs, networkMs, sentAway }: Storm) {
  const random = randomFrom(seed)
  let now = 0
  const due = new Map<number, (() => void)[]>()
  const admissionLimit = createAdmissionLimit({ atOnce, perSecond, wallClock: () => now })
  const letIn: number[] = []
  const back: number[] = []
  let [inside, mostInside, attempts, coreFreeAt] = [0, 0, 0, 0]

  function after(milliseconds: number, run: () => void): void {
    const at = now + Math.max(1, Math.round(milliseconds))
    const there = due.get(at)
    if (there === undefined) due.set(at, [run])
    else there.push(run)
  }

  function attempt(failures: number): void {
    attempts++
    if (now < downMs) {
      after(afterFailure(failures, random), () => attempt(failures + 1))
      return
    }
    const handshake = admissionLimit.enter('known')
    if (handshake !== undefined) {
      letIn.push(now)
      mostInside = Math.max(mostInside, ++inside)
      const since = now
      // What nobody waits for any more is done all the same.
      coreFreeAt = Math.max(coreFreeAt, now) + coreMs
      const servedMs = coreFreeAt - now
      after(Math.min(servedMs, handshakeMs), () => handshake.served(now - since))
      after(Math.min(servedMs + networkMs, handshakeMs), () => {
        inside--
        handshake.leave(now - since)
        if (now - since < handshakeMs) back.push(now)
        else after(afterFailure(failures, random), () => attempt(failures + 1))
      })
    } else {
      const seconds = Math.max(1, Math.ceil(admissionLimit.later('known') / 1000))
      after(afterBeingSent(seconds * 1000, random), () => attempt(failures))
    }
  }

  for (let gateway = 0; gateway < gateways; gateway++) {
    const first = sentAway === undefined ? afterFailure(0, random) : afterBeingSent(sentAway(gateway), random)
    after(first, () => attempt(1))
  }
  for (; back.length < gateways && now < 3_600_000; now++) {
    for (const run of due.get(now) ?? []) run()
    due.delete(now)
  }
  const perSecondLetIn = new Map<number, number>()
  for (const at of letIn)
    perSecondLetIn.set(Math.floor(at / 1000), (perSecondLetIn.get(Math.floor(at / 1000)) ?? 0) + 1)
  return {
    back: back.length,
    lastAfterMs: (back.at(-1) ?? Number.NaN) - downMs,
    mostInside,
    mostInASecond: Math.max(...perSecondLetIn.values()),
    attemptsEach: attempts / gateways,
  }
}

const storms: readonly (readonly [string, Storm])[] = [
  [
    'a server that was killed and is back after five seconds',
    { gateways: 10_000, downMs: 5000, coreMs: 2, networkMs: 60 },
  ],
  ['a server that was away for ten minutes', { gateways: 10_000, downMs: 600_000, coreMs: 2, networkMs: 60 }],
  ['a server that serves at half the rate it lets in', { gateways: 10_000, downMs: 5000, coreMs: 7, networkMs: 60 }],
  [
    'a server that stopped in order',
    {
      gateways: 10_000,
      downMs: 1000,
      coreMs: 2,
      networkMs: 60,
      sentAway: (gateway) => defaultSettings.comeBackMs + (gateway / 10_000) * spreadOf(10_000, defaultSettings),
    },
  ],
]

test.each(storms)(`10,000 gateways come back to %s without a stampede (seed ${seed})`, (_, storm) => {
  const { back, lastAfterMs, mostInside, mostInASecond, attemptsEach } = simulateStampede(storm)
  expect(back).toBe(storm.gateways)
  expect(mostInside).toBeLessThanOrEqual(atOnce)
  expect(mostInASecond).toBeLessThanOrEqual(perSecond + atOnce)
  // As soon as it goes without turning anybody away, were they all queued up: and no gateway waits four times as long.
  const idealMs = storm.gateways * Math.max(1000 / perSecond, storm.coreMs)
  // One that has just failed while nothing answered tries again after a minute at most.
  expect(lastAfterMs).toBeLessThan(60_000 + 4 * idealMs)
  expect(attemptsEach).toBeLessThan(20)
})

const quick = storms.filter(([, { downMs, coreMs }]) => downMs <= 5000 && coreMs <= 2)

test.each(quick)(`10,000 gateways are back within 30 seconds of %s (seed ${seed})`, (_, storm) => {
  expect(simulateStampede(storm).lastAfterMs).toBeLessThan(30_000)
})

test.each([160, 300, 1000])(
  `500 gateways come back to a server whose database takes %i ms for each, which serves few before they give up (seed ${seed})`,
  (coreMs) => {
    const storm = { gateways: 500, downMs: 5000, coreMs, networkMs: 60 }
    const { back, lastAfterMs, attemptsEach } = simulateStampede(storm)
    expect(back).toBe(storm.gateways)
    // What the first ones were let in for too many is lost once, not again and again.
    expect(lastAfterMs).toBeLessThan(120_000 + 3 * storm.gateways * coreMs)
    expect(attemptsEach).toBeLessThan(40)
  },
)
