import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  callLimits,
  commandLimit,
  defaultAnswerMs,
  leastAnswerMs,
  mailMs,
  proofLimit,
  turnLimit,
} from './call-limits.ts'

const answers = fc.integer({ min: leastAnswerMs, max: 55_000 })
/** Of the time until the answer; more than all of it happens too. */
const shares = fc.double({ min: -0.5, max: 1.5, noNaN: true })

test('with 8 s: a turn may take 3.5 s, a proof 6 s and at least 2 s, and 1 s is kept for the answer itself', () => {
  const limits = callLimits(defaultAnswerMs)
  expect(limits).toEqual({ answerMs: 8000, hopMs: 500, replyMs: 1000, finishMs: 1000, leastProofMs: 2000 })
  expect(turnLimit(limits, 0)).toEqual({ timeoutMs: 3500, waitMs: 4000, leaseMs: 4000 })
  expect(proofLimit(limits, 0)).toEqual({ timeoutMs: 6000, waitMs: 7000 })
  expect(proofLimit(limits, 4000)).toEqual({ timeoutMs: 2000, waitMs: 3000 })
  expect(proofLimit(limits, 4001)).toBeUndefined()
  expect(commandLimit(limits, 0)).toEqual({ timeoutMs: 6000, waitMs: 7000 })
  expect(mailMs(limits)).toBe(5000)
})

test('an answer within less than a second is refused, and so is one that is no time', () => {
  for (const answerMs of [leastAnswerMs - 1, 0, -1, Number.NaN]) expect(() => callLimits(answerMs)).toThrow(RangeError)
})

describe('whatever the setting and however much is spent', () => {
  test('no wait ends later than the answer less what this side keeps for itself', () => {
    fc.assert(
      fc.property(answers, shares, (answerMs, share) => {
        const limits = callLimits(answerMs)
        const spentMs = share * answerMs
        for (const limit of [turnLimit, proofLimit, commandLimit]) {
          const found = limit(limits, spentMs)
          if (found === undefined) continue
          expect(Math.max(0, spentMs) + found.waitMs).toBeLessThanOrEqual(answerMs - limits.finishMs)
          expect(found.timeoutMs).toBeLessThan(found.waitMs)
        }
      }),
    )
  })

  test('a turn that came as late as it may leaves the least proof, after journalling that took no time', () => {
    fc.assert(
      fc.property(answers, shares, (answerMs, share) => {
        const limits = callLimits(answerMs)
        const spentMs = Math.floor(Math.max(0, share * answerMs))
        const turn = turnLimit(limits, spentMs)
        if (turn === undefined) return
        const proof = proofLimit(limits, spentMs + turn.waitMs)
        expect(proof?.timeoutMs).toBeGreaterThanOrEqual(limits.leastProofMs)
      }),
    )
  })

  test('turn, journalling, proof and both replies together never exceed the answer', () => {
    fc.assert(
      fc.property(answers, shares, shares, shares, (answerMs, before, waited, journalled) => {
        const limits = callLimits(answerMs)
        let spentMs = Math.max(0, before * answerMs)
        const turn = turnLimit(limits, spentMs)
        if (turn === undefined) return
        spentMs += Math.min(1, Math.max(0, waited)) * turn.waitMs
        spentMs += Math.max(0, journalled * answerMs)
        const proof = proofLimit(limits, spentMs)
        // Not told at all: this side has its own part left to say so, or the store has used it up.
        if (proof === undefined) return
        expect(spentMs + proof.timeoutMs + limits.replyMs + limits.finishMs).toBeLessThanOrEqual(answerMs)
      }),
    )
  })

  test('a turn is kept as long as its proof could still begin, and not longer', () => {
    fc.assert(
      fc.property(answers, shares, (answerMs, share) => {
        const limits = callLimits(answerMs)
        const spentMs = Math.floor(Math.max(0, share * answerMs))
        const turn = turnLimit(limits, spentMs)
        if (turn === undefined) return
        expect(proofLimit(limits, spentMs + turn.leaseMs)).toBeDefined()
        expect(proofLimit(limits, spentMs + turn.leaseMs + 1)).toBeUndefined()
      }),
    )
  })

  test('less left never gives more, and a longer answer never gives less', () => {
    fc.assert(
      fc.property(answers, answers, shares, shares, (one, other, oneShare, otherShare) => {
        // Multiples of sixteen, as the parts are whole milliseconds.
        const [less, more] = [Math.min(one, other) * 16, Math.max(one, other) * 16]
        const spent = [oneShare * less, otherShare * less].sort((a, b) => a - b) as [number, number]
        for (const limit of [turnLimit, proofLimit, commandLimit]) {
          const timeout = (answerMs: number, spentMs: number): number =>
            limit(callLimits(answerMs), spentMs)?.timeoutMs ?? 0
          expect(timeout(less, spent[1])).toBeLessThanOrEqual(timeout(less, spent[0]))
          expect(timeout(less, spent[0])).toBeLessThanOrEqual(timeout(more, spent[0]))
        }
      }),
    )
  })
})
