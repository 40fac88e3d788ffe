import { expect, test } from 'vitest'
import type { AuditEvent } from '../audit/audit-event.ts'
import { gathered, isChange } from './changes.ts'

function event(eventName: string, userName: string, name: string): AuditEvent {
  return {
    eventId: name,
    eventTime: '2026-11-30T00:00:00Z',
    eventName,
    requestId: name,
    userIdentity: { userName },
    resources: [{ id: `sag-${name}`, name }],
    changes: [],
  } as unknown as AuditEvent
}

test('the same by the same person, one after the other, is one change with the names of all', () => {
  const changes = gathered([
    event('Modify', 'li', 'a'),
    event('Modify', 'li', 'b'),
    event('Modify', 'wang', 'b'),
    event('Reboot', 'wang', 'b'),
    event('Modify', 'li', 'a'),
  ])
  expect(changes.map(({ event: { eventName }, count, names }) => [eventName, count, names.join()])).toEqual([
    ['Modify', 2, 'a,b'],
    ['Modify', 1, 'b'],
    ['Reboot', 1, 'b'],
    ['Modify', 1, 'a'],
  ])
  expect(changes[0]?.event.eventId).toBe('a')
})

test('logging on changed nothing', () => {
  expect(isChange({ eventName: 'ModifySmartAccessGateway' })).toBe(true)
  expect(isChange({ eventName: 'CreateConsoleSession' })).toBe(false)
  expect(isChange({ eventName: 'ConsoleSignin' })).toBe(false)
})
