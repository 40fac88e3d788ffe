import { expect, test } from 'vitest'
import type { AuditEvent } from './audit-event.ts'
import { asCsv, asLines, cell } from './export.ts'

const event: AuditEvent = {
  eventId: 'R',
  eventTime: '2026-11-27T12:00:00Z',
  eventName: 'ModifySmartAccessGateway',
  requestId: 'R',
  through: 'console',
  sourceIpAddress: '192.0.2.1',
  resources: [{ resource: 'acs:smartag:cn-shanghai:1:smartag/sag-1', id: 'sag-1', name: '=cmd|"/c calc"!A1' }],
  changes: [
    { resource: 'acs:smartag:cn-shanghai:1:smartag/sag-1', field: 'Description', before: 'a, "b"', after: 'c\nd' },
  ],
  userIdentity: { userName: 'li.na', type: 'ram-user' },
}

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['a "b"', '"a ""b"""'],
  ['a\nb', '"a\nb"'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@x', `"'@x"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['1-1', '1-1'],
])('the cell %j is written %j', (value, written) => {
  expect(cell(value)).toBe(written)
})

test('a row says who changed what, and nothing in it is a formula', () => {
  const [head, row, ...rest] = asCsv([event], 'en').split('\r\n')
  expect(head).toBe('\uFEFFtime,who,through,from,what,operation,about,ids,changes,outcome,request')
  expect(row).toBe(
    `2026-11-27T12:00:00Z,li.na,console,192.0.2.1,Description,ModifySmartAccessGateway,"'=cmd|""/c calc""!A1",sag-1,"Description: a, ""b"" → c\nd",OK,R`,
  )
  expect(rest).toEqual([''])
})

test('each line is one event as it was told', () => {
  const lines = asLines([event, event]).split('\n')
  expect(lines.map((line) => (line === '' ? undefined : JSON.parse(line)))).toEqual([event, event, undefined])
})
