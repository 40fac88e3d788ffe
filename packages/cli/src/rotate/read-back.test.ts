import { describe, expect, test } from 'vitest'
import { judge } from './read-back.ts'

const sentAt = Date.parse('2026-11-25T19:00:00Z')
const window = {
  since: sentAt,
  last: sentAt,
  oneRun: true,
  principal: 'acs:ram::1:root',
  answered: [] as readonly string[],
}

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
    Principal: window.principal,
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
    expect(judge(changes, window)).toBe(found)
  })

  test('does not follow from a call whose answer is known', () => {
    const changes = [change('Succeeded', 200, { RequestId: 'q1' })]
    expect(judge(changes, { ...window, answered: ['q1'] })).toBe('unchanged')
    expect(judge(changes, window)).toBe('changed')
  })

  test('of two passwords only the later one can be told', () => {
    const two = { ...window, oneRun: false, last: sentAt + 60_000 }
    expect(judge([change('Succeeded', 100)], two)).toBe('unknown')
    expect(judge([change('Succeeded', 60_100)], two)).toBe('changed')
  })

  test('is unknown when a page may not have shown all', () => {
    expect(
      judge(
        Array.from({ length: 50 }, (_, index) => change('Failed', index)),
        window,
      ),
    ).toBe('unknown')
  })
})
