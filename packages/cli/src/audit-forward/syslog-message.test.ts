import { expect, test } from 'vitest'
import { batch, entry } from '../../../../test/support/forwarded.ts'
import { framesOf, messageOf } from './syslog-message.ts'

test('an entry is a message of RFC 5424 with trail and number, and a refused one has another severity', () => {
  const done = entry(7)
  const head = '2026-11-28T12:00:00.000Z sag opensag - ModifySAGAdminPassword [opensag@32473 trail="key.0" id="7"]'
  expect(messageOf(done, 'key.0', 'sag')).toBe(`<110>1 ${head} \uFEFF${done.text}`)
  expect(messageOf({ ...done, outcome: 'Forbidden' }, 'key.0', 'sag')).toBe(`<109>1 ${head} \uFEFF${done.text}`)
})

test('fields hold nothing that would end them', () => {
  const message = messageOf({ ...entry(7), action: ' "]上' }, 'a"b]c', 'a b')
  expect(message).toContain(' ab opensag - - [opensag@32473 trail="abc" id="7"] ')
})

test('each message has its length in bytes before it, and a gap comes first', () => {
  let rest = framesOf({ ...batch([4, 5]), gap: { after: 1, through: 3 } }, 'sag')
  const messages: string[] = []
  while (rest.length > 0) {
    const space = rest.indexOf(' ')
    const end = space + 1 + Number(rest.subarray(0, space).toString())
    messages.push(rest.subarray(space + 1, end).toString('utf8'))
    rest = rest.subarray(end)
  }
  expect(messages).toEqual([
    '<108>1 2026-11-28T12:00:00.000Z sag opensag - AuditGap [opensag@32473 trail="key.0" after="1" through="3"] ' +
      'Entries 2 to 3 were deleted from the trail before they were forwarded.',
    messageOf(entry(4), 'key.0', 'sag'),
    messageOf(entry(5), 'key.0', 'sag'),
  ])
})
