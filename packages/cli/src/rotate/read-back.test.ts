import type { PlannedGateway } from '@opensag/rotation'
import { describe, expect, test } from 'vitest'
import { createReadBack, judge } from './read-back.ts'
import { answer } from './testing/cloud.suite.ts'

const sentAt = Date.parse('2026-11-25T19:00:00Z')
const principal = 'acs:ram::1:root'
const lost = (run: number, afterMs = 0) => ({ run, at: '', endpointTime: sentAt + afterMs })
const principalOf = (run: number) => (run === 9 ? undefined : principal)
const question = { doubts: [lost(1)], principalOf, answered: [] as readonly string[] }

function change(
  outcome: string,
  afterMs: number,
  more: { readonly Principal?: string; readonly RequestId?: string } = {},
) {
  const RequestedAt = new Date(sentAt + afterMs).toISOString()
  return {
    ChangeId: `c${afterMs}`,
    SerialNumber: 's',
    Outcome: outcome,
    RequestedAt,
    Principal: principal,
    ...more,
  }
}

describe('the outcome of a call whose answer was lost', () => {
  test.each([
    ['changed', 'it succeeded', [change('Succeeded', 200)]],
    ['unchanged', 'it failed', [change('Failed', 200)]],
    ['unchanged', 'it never arrived', []],
    ['unchanged', 'only one from before is there', [change('Succeeded', -60_000)]],
    [
      'unchanged',
      'only one of somebody else is there',
      [change('Succeeded', 200, { Principal: 'acs:ram::1:user/li' })],
    ],
    ['pending', 'it is being made', [change('InProgress', 200)]],
    ['changed', 'the clock of the endpoint is known to a second only', [change('Succeeded', -900)]],
    ['changed', 'one attempt failed and another succeeded', [change('Failed', 100), change('Succeeded', 5_000)]],
    ['unknown', 'there are two it could be', [change('Succeeded', 200), change('Succeeded', 900)]],
  ])('is %s when %s', (found, _title, changes) => {
    expect(judge(changes, question).is).toBe(found)
  })

  test('does not follow from a call whose answer is known', () => {
    const changes = [change('Succeeded', 200, { RequestId: 'q1' })]
    expect(judge(changes, { ...question, answered: ['q1'] }).is).toBe('unchanged')
    expect(judge(changes, question)).toEqual({ is: 'changed', run: 1 })
  })

  test('counts changes of anybody when it is not known whose key it was', () => {
    const changes = [change('Succeeded', 200, { Principal: 'acs:ram::1:user/li' })]
    expect(judge(changes, { ...question, doubts: [lost(9)] })).toEqual({ is: 'changed', run: 9 })
  })

  test('of two passwords only the later one can be told', () => {
    const two = { ...question, doubts: [lost(1), lost(2, 60_000)] }
    expect(judge([change('Succeeded', 100)], two).is).toBe('unknown')
    expect(judge([change('Succeeded', 60_100)], two)).toEqual({ is: 'changed', run: 2 })
  })

  test('is unknown when a page may not have shown all', () => {
    expect(
      judge(
        Array.from({ length: 50 }, (_, index) => change('Failed', index)),
        question,
      ).is,
    ).toBe('unknown')
  })
})

describe('a call that may still be under way', () => {
  const plannedGateway = { regionId: 'cn-shanghai', instanceId: 'sag-1', serial: 's' } as PlannedGateway
  const gatewayState = {
    outcome: undefined,
    holds: undefined,
    open: lost(1),
    doubts: [],
    requestIds: [],
    decidedAt: undefined,
  }

  /** The endpoint's record after so many milliseconds, and how long it was waited for. */
  async function find(recordAfter: (ms: number) => readonly object[]) {
    let now = sentAt
    const { readBack } = await createReadBack(
      {
        reader: {
          ask: async () => answer(200, 'r', { Changes: recordAfter(now - sentAt) }),
          read: () => Promise.reject(new Error('not asked')),
        },
        principalOf,
        settleMs: 10_000,
        endpointTime: () => now,
        pause: async (ms) => {
          now += ms
        },
        isStopped: () => false,
      },
      plannedGateway,
    )
    return { found: await readBack?.find(plannedGateway, gatewayState), waited: now - sentAt }
  }

  test('is waited for before a gateway counts as unchanged', async () => {
    const { found, waited } = await find(() => [])
    expect(found).toEqual({ is: 'unchanged' })
    expect(waited).toBeGreaterThanOrEqual(10_000)
  })

  test('that arrives late is found', async () => {
    const { found } = await find((ms) => (ms < 9_000 ? [] : [change('Succeeded', 8_500)]))
    expect(found).toEqual({ is: 'changed', run: 1 })
  })

  test('that has succeeded is not waited for any longer', async () => {
    const { found, waited } = await find(() => [change('Succeeded', 200)])
    expect([found, waited]).toEqual([{ is: 'changed', run: 1 }, 0])
  })
})

describe('the outcome of a call whose answer was unclear', () => {
  const unclear = { ...question, doubts: [{ ...lost(3), requestId: 'q3' }], answered: ['q3'] }

  test.each([
    ['changed', [change('Succeeded', 200, { RequestId: 'q3' })]],
    ['unchanged', [change('Failed', 200, { RequestId: 'q3' })]],
    ['pending', [change('InProgress', 200, { RequestId: 'q3' })]],
    // What somebody else did at the same time is of no matter.
    ['unchanged', [change('Succeeded', 200, { RequestId: 'other' })]],
  ])('is %s as its own entry says', (found, changes) => {
    expect(judge(changes, unclear).is).toBe(found)
  })

  test('and of another one whose answer was lost: of two that worked it is not known which is in force', () => {
    const both = { ...unclear, doubts: [...unclear.doubts, lost(4, 10_000)] }
    const own = change('Succeeded', 200, { RequestId: 'q3' })
    expect(judge([own], both)).toEqual({ is: 'changed', run: 3 })
    expect(judge([change('Succeeded', 10_200), own], both).is).toBe('unknown')
    expect(judge([change('Succeeded', 10_200)], both)).toEqual({ is: 'changed', run: 4 })
  })
})

describe('the record of an endpoint', () => {
  async function probed(status: number, body: Readonly<Record<string, unknown>>) {
    const reader = { ask: async () => answer(status, 'q', body), read: async () => body }
    const none = { settleMs: 0, endpointTime: () => 0, pause: async () => {}, isStopped: () => false }
    const { readBack, why } = await createReadBack({ reader, principalOf, ...none }, {} as PlannedGateway)
    return { isThere: readBack !== undefined, why }
  }

  test.each<[string, number, Readonly<Record<string, unknown>>, { isThere: boolean; why: string | undefined }]>([
    ['is there', 200, { Changes: [] }, { isThere: true, why: undefined }],
    ['is there, without this gateway', 400, { Code: 'SAG.InstanceNoFound' }, { isThere: true, why: undefined }],
    ['is none where nobody knows the version', 400, { Code: 'InvalidVersion' }, { isThere: false, why: undefined }],
    [
      'is none where nobody knows the operation',
      404,
      { Code: 'InvalidAction.NotFound' },
      { isThere: false, why: undefined },
    ],
    [
      'is not shown to this key, which is told',
      403,
      { Code: 'Forbidden.RAM' },
      { isThere: false, why: 'ListAdminPasswordChanges: Forbidden.RAM' },
    ],
    [
      'is not understood, which is told',
      200,
      { Changes: 1 },
      { isThere: false, why: 'ListAdminPasswordChanges: HTTP status 200' },
    ],
  ])('%s', async (_title, status, body, expected) => {
    expect(await probed(status, body)).toEqual(expected)
  })
})

describe('without a clock of the endpoint', () => {
  const gateway = { regionId: 'r', instanceId: 'i', serial: 's' } as PlannedGateway
  const untouched = { outcome: undefined, holds: undefined, open: undefined, doubts: [], decidedAt: undefined }

  async function find(doubts: readonly ReturnType<typeof lost>[], outcome = 'Succeeded') {
    const Changes = [change(outcome, 200, { RequestId: 'q3' })]
    const { readBack } = await createReadBack(
      {
        reader: { ask: async () => answer(200, 'r', { Changes }), read: async () => ({}) },
        principalOf,
        settleMs: 30_000,
        endpointTime: () => undefined,
        pause: async () => {},
        isStopped: () => false,
      },
      gateway,
    )
    return readBack?.find(gateway, { ...untouched, doubts, requestIds: [] })
  }

  test('what became of a call that was answered is told by its own entry', async () => {
    expect(await find([{ ...lost(3), requestId: 'q3' } as ReturnType<typeof lost>])).toEqual({ is: 'changed', run: 3 })
  })

  test('of one whose entry is never decided it is unknown, some time', async () => {
    const doubts = [{ ...lost(3), requestId: 'q3' } as ReturnType<typeof lost>]
    expect(await find(doubts, 'InProgress')).toEqual({ is: 'unknown' })
  })

  test('of one that was not it is unknown', async () => {
    expect(await find([lost(3)])).toEqual({ is: 'unknown' })
  })
})
