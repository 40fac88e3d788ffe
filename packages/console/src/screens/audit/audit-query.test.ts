import { expect, test } from 'vitest'
import { href, parseHash } from '../../app/route.ts'
import { type AuditQuery, addressOf, paramsOf, queryIn, signInOperations, tokensOf, withTyped } from './audit-query.ts'

const plain = queryIn(new URLSearchParams())
const now = Date.UTC(2026, 10, 27, 12)

function through(query: AuditQuery): AuditQuery {
  return queryIn(parseHash(href(['audit'], addressOf(query))).query)
}

test('without anything in the address the changes of the last week are looked for', () => {
  expect(addressOf(plain)).toEqual({ from: '', to: '', who: '', operation: '', object: '', text: '', through: '' })
  expect(paramsOf(plain, now)).toMatchObject({
    StartTime: '2026-11-20T12:00:01Z',
    EndTime: '2026-11-27T12:00:01Z',
    EventRW: 'Write',
    Outcome: 'Done',
    ConsoleReads: undefined,
  })
})

const full: AuditQuery = {
  view: 'refused',
  span: 'month',
  from: '',
  to: '',
  who: ['li.na', 'ops:eve'],
  operation: ['CreateUser'],
  object: 'München-Süd',
  through: 'cli',
  text: '10.1.0.0/24 & more',
  reads: true,
}

test('an address gives back the query it was made of', () => {
  expect(through(full)).toEqual(full)
  const days = { ...plain, from: '2026-11-01', to: '2026-11-02' }
  expect(through(days)).toEqual(days)
})

test('what somebody wrote into an address and is none of ours is left out', () => {
  expect(queryIn(new URLSearchParams('view=x&span=__proto__&from=now&through=post&reads=1'))).toEqual(plain)
  expect(queryIn(new URLSearchParams({ who: Array.from({ length: 30 }, (_, n) => `u${n}`).join() })).who).toHaveLength(
    20,
  )
})

test('a view and tokens become parameters', () => {
  expect(paramsOf(full, now)).toMatchObject({
    Users: ['li.na', 'ops:eve'],
    Operations: ['CreateUser'],
    Object: 'München-Süd',
    EventRW: undefined,
    Outcome: 'Refused',
    Through: 'cli',
    Text: '10.1.0.0/24 & more',
    ConsoleReads: true,
  })
  expect(paramsOf({ ...plain, view: 'signins' }, now).Operations).toEqual(signInOperations)
  expect(paramsOf({ ...plain, view: 'all' }, now)).toMatchObject({ EventRW: undefined, Outcome: undefined })
})

test('days are whole days here, the last one included', () => {
  const { StartTime, EndTime } = paramsOf({ ...plain, from: '2026-11-01', to: '2026-11-02' }, now)
  expect(Date.parse(StartTime)).toBe(new Date('2026-11-01T00:00:00').getTime())
  expect(Date.parse(EndTime)).toBe(new Date('2026-11-03T00:00:00').getTime())
})

test('what is typed sets tokens, and the rest is text', () => {
  expect(
    withTyped(plain, 'who:li.na user:wang,li.na operation:CreateUser object:sag-1 through:job munich 10.0'),
  ).toMatchObject({
    who: ['li.na', 'wang'],
    operation: ['CreateUser'],
    object: 'sag-1',
    through: 'job',
    text: 'munich 10.0',
  })
  expect(withTyped(plain, 'through:post from:today a:b').text).toBe('through:post from:today a:b')
  expect(withTyped({ ...plain, text: 'one' }, 'two').text).toBe('one two')
})

test('each token takes only itself away', () => {
  const tokens = tokensOf(full)
  expect(tokens.map(({ kind }) => kind)).toEqual(['who', 'who', 'operation', 'object', 'through', 'text', 'reads'])
  expect(tokens[0]?.without).toEqual({ ...full, who: ['ops:eve'] })
  expect(
    tokensOf(
      tokens.reduce((query, { kind }) => tokensOf(query).find((one) => one.kind === kind)?.without ?? query, full),
    ),
  ).toEqual([])
})
