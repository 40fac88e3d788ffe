import { expect, test } from 'vitest'
import type { AuditEvent } from '../audit/audit-event.ts'
import { settingsBefore } from './restore.ts'

const own = 'acs:smartag:cn-shanghai:1:smartag/sag-1'

function event(
  ...changes: readonly (readonly [field: string, before?: string | undefined, after?: string, resource?: string])[]
): AuditEvent {
  return {
    eventId: 'R',
    eventTime: '',
    eventName: 'ModifySmartAccessGateway',
    requestId: 'R',
    userIdentity: {},
    resources: [],
    changes: changes.map(([field, before, after, resource = own]) => ({
      resource,
      field,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
  }
}

test('of the newest change only its own fields are put back', () => {
  const events = [event(['Name', 'b', 'c']), event(['Name', 'a', 'b'], ['Position', 'x', 'y'])]
  expect(settingsBefore(events, 0, 'sag-1')).toEqual({ values: { Name: 'b' }, lacking: [] })
})

test('of an older one everything since is undone', () => {
  const events = [event(['Name', 'b', 'c']), event(['Name', 'a', 'b'], ['Position', 'x', 'y'])]
  expect(settingsBefore(events, 1, 'sag-1')).toEqual({ values: { Name: 'a', Position: 'x' }, lacking: [] })
})

test('what the form does not set, what belongs to other things and what was kept in part is said', () => {
  const events = [
    event(['AclId', 'acl-1', 'acl-2'], ['Box', '{}', '{"a":1}', 'acs:smartag:cn-shanghai:1:device/sn']),
    event(['Description', 'long…[cut]', 'short'], ['Name', 'a', 'b', 'acs:smartag:cn-shanghai:1:ccn/ccn-1']),
  ]
  expect(settingsBefore(events, 1, 'sag-1')).toEqual({ values: {}, lacking: ['AclId', 'Box', 'Name', 'Description'] })
})

test('a text that was not there is emptied again; of a setting that takes no empty value it is said', () => {
  const events = [event(['Position', undefined, 'Munich'], ['RoutingStrategy', undefined, 'static'])]
  expect(settingsBefore(events, 0, 'sag-1')).toEqual({ values: { Position: '' }, lacking: ['RoutingStrategy'] })
})

test('before it was made there is nothing to go back to', () => {
  const made = { ...event(['Name', undefined, 'a']), eventName: 'CreateSmartAccessGateway' }
  expect(settingsBefore([event(['Name', 'a', 'b']), made], 1, 'sag-1')).toEqual({ values: {}, lacking: [] })
})
