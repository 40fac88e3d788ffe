import { beforeAll, describe, expect, test } from 'vitest'
import { createChance } from '../../../packages/chaos/src/random.ts'
import { buildChecker, type Call, checkHistory, clientsOfOneKey, lackOfChecker } from './check.ts'

/** What eight clients of one register see that is changed at one moment of each call. */
function registerHistory(seed: number, keys: number, calls: number, inDoubtOneIn: number): Call[] {
  const chance = createChance(seed)
  const history: Call[] = []
  for (let key = 0; key < keys; key++) {
    let value = ''
    const freeAt = Array.from({ length: clientsOfOneKey }, () => 0)
    // In the order of the moments at which they take effect; each client has one call at a time.
    for (let moment = 10; history.length < (key + 1) * calls; moment += 10) {
      const client = chance.below(clientsOfOneKey)
      const free = freeAt[client] ?? 0
      if (free >= moment) continue
      const call = Math.max(free + 1, moment - chance.below(60))
      const ret = moment + chance.below(60)
      freeAt[client] = ret
      const shared = { key: `sag-${key}`, client, call }
      if (chance.below(2) === 0) {
        history.push({ ...shared, op: 'read', value, ret })
        continue
      }
      const written = `v${moment}`
      const isAnswered = chance.below(inDoubtOneIn) > 0
      // Of those whose client got no answer half took effect.
      if (isAnswered || chance.below(2) === 0) value = written
      history.push({ ...shared, op: 'write', value: written, ...(isAnswered ? { ret } : {}) })
    }
  }
  return history
}

/** The same with one read that shows a value that had been replaced before it began. */
function withStaleRead(history: readonly Call[]): readonly Call[] {
  for (const [index, read] of history.entries()) {
    if (read.op !== 'read' || index < history.length / 2) continue
    const done = history.filter(({ key, op, ret }) => key === read.key && op === 'write' && ret && ret < read.call)
    const last = done.reduce((latest, one) => Math.max(latest, one.call), 0)
    // Answered before the last of them began, and never written again: values are unique.
    const stale = done.find(({ ret }) => ret !== undefined && ret < last)
    if (stale === undefined) continue
    return history.map((one) => (one === read ? { ...read, value: stale.value } : one))
  }
  throw new Error('No read could be made stale.')
}

describe.skipIf(lackOfChecker !== undefined)(
  `the check for linearizability${lackOfChecker ? ` (${lackOfChecker})` : ''}`,
  () => {
    let checker = ''
    const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)

    beforeAll(async () => {
      checker = await buildChecker()
    })

    test(`a register that eight clients use is found right, with writes in doubt too (seed ${seed})`, async () => {
      expect(await checkHistory(checker, registerHistory(seed, 10, 400, 100))).toMatchObject({ result: 'Ok' })
    })

    test(`one stale read among 4000 calls is found (seed ${seed})`, async () => {
      const history = registerHistory(seed, 10, 400, 100)
      const verdict = await checkHistory(checker, withStaleRead(history))
      expect(verdict.result).toBe('Illegal')
      expect(verdict.illegal).toHaveLength(1)
    })

    test('an acknowledged write that is lost is found', async () => {
      const history: readonly Call[] = [
        { key: 'sag-1', client: 1, op: 'write', value: 'a', call: 1, ret: 2 },
        { key: 'sag-1', client: 1, op: 'write', value: 'b', call: 3, ret: 4 },
        { key: 'sag-1', client: 2, op: 'read', value: 'a', call: 5, ret: 6 },
      ]
      expect(await checkHistory(checker, history)).toMatchObject({ result: 'Illegal', illegal: ['sag-1'] })
    })

    test('a write in doubt may take effect late, and not be undone afterwards', async () => {
      const late: readonly Call[] = [
        { key: 'sag-1', client: 1, op: 'write', value: 'a', call: 1 },
        { key: 'sag-1', client: 2, op: 'read', value: '', call: 2, ret: 3 },
        { key: 'sag-1', client: 2, op: 'read', value: 'a', call: 4, ret: 5 },
      ]
      expect(await checkHistory(checker, late)).toMatchObject({ result: 'Ok' })
      const undone: Call = { key: 'sag-1', client: 2, op: 'read', value: '', call: 6, ret: 7 }
      expect(await checkHistory(checker, [...late, undone])).toMatchObject({ result: 'Illegal' })
    })
  },
)
