import { expect, test } from 'vitest'
import { holdersIn } from '../../../fleet/cidr-map.ts'
import type { FleetRow } from '../../../fleet/row.ts'
import {
  failureText,
  microsecondsText,
  plainText,
  reasonAgainst,
  suggestions,
  type ToolAnswer,
  tableOf,
  toolNames,
  verdictOf,
} from './tool-result.ts'
import { toolTexts } from './tools.texts.ts'

const t = toolTexts.en
const answer = (more: Partial<ToolAnswer> = {}): ToolAnswer => ({
  ...{ Outcome: 'Done', Lines: [], Hops: [], Routes: [], Leases: [], Log: [], Counters: [] },
  ...more,
})
const row = (id: string, more: Partial<FleetRow>) => ({ SmartAGId: id, ...more }) as FleetRow

test('targets that are offered are the gateways of other branches of the same network', () => {
  const rows = [
    row('sag-own', { AssociatedCcnId: 'ccn-1', CidrBlock: '10.1.0.0/24' }),
    row('sag-b', { AssociatedCcnId: 'ccn-1', CidrBlock: '10.2.0.0/24,10.3.0.0/24', Name: 'Berlin' }),
    row('sag-c', { AssociatedCcnId: 'ccn-2', CidrBlock: '10.4.0.0/24' }),
    row('sag-d', { AssociatedCcnId: 'ccn-1' }),
    row('sag-e', { CidrBlock: '10.5.0.0/24' }),
  ]
  expect(suggestions(holdersIn(rows, { id: 'sag-own', ccnId: 'ccn-1' }))).toEqual([
    { name: 'Berlin', address: '10.2.0.1' },
  ])
  expect(suggestions(holdersIn(rows, { id: 'sag-own', ccnId: undefined }))).toEqual([])
})

test('a gateway that is away or too old is not asked; one of which nothing may be read is', () => {
  const device = { HcState: 'online', info: undefined, configuration: undefined } as const
  expect(reasonAgainst(undefined)).toBe('offline')
  expect(reasonAgainst({ ...device, HcState: 'offline' })).toBe('offline')
  expect(reasonAgainst(device)).toBeUndefined()
  expect(reasonAgainst({ info: undefined, configuration: undefined })).toBeUndefined()
  const configuration = (HasTools: boolean) => ({ SerialNumber: 'sag1', HasTools })
  expect(reasonAgainst({ ...device, configuration: configuration(false) })).toBe('tooOld')
  expect(reasonAgainst({ ...device, configuration: configuration(true) })).toBeUndefined()
})

test.each([
  [43, '0.04 ms'],
  [2_500, '2.5 ms'],
  [120_400, '120 ms'],
  [undefined, '–'],
])('%j microseconds are %s', (microseconds, text) => {
  expect(microsecondsText(microseconds, '–')).toBe(text)
})

test('how it went is said in a word, of a ping and a way only', () => {
  const word = (tool: (typeof toolNames)[number], more: Partial<ToolAnswer>) => verdictOf(tool, answer(more), t)?.text
  expect(word('Ping', { Sent: 4, Answered: 4 })).toBe('All answered')
  expect(word('Ping', { Sent: 4, Answered: 1 })).toBe('Some lost')
  expect(word('Ping', { Sent: 4, Answered: 0 })).toBe('No answer')
  expect(word('Traceroute', { Reached: true })).toBe('Reached')
  expect(word('Traceroute', { Reached: false })).toBe('Not reached')
  expect(word('Routes', {})).toBeUndefined()
  expect(word('Routes', { Outcome: 'Simulated' })).toBe('No result')
})

test('why there is no result is a sentence, with what is missing; a reason of a later server is told as it is', () => {
  expect(failureText(answer(), t)).toBeUndefined()
  expect(failureText(answer({ Outcome: 'ProgramMissing', Detail: 'ping' }), t)).toBe(
    'The machine of the gateway lacks the program ping.',
  )
  expect(failureText(answer({ Outcome: 'Failed' }), t)).toBe('The gateway could not do it.')
  expect(failureText(answer({ Outcome: 'NewReason', Detail: 'x' }), t)).toBe('NewReason x')
})

test('every tool has a table of its own, whose rows are as wide as its head', () => {
  const full = answer({
    ...{ Sent: 4, Answered: 3, LeastMicroseconds: 43, MeanMicroseconds: 50, MostMicroseconds: 60 },
    Hops: [{ Hop: 1, Address: '10.0.0.1', Microseconds: 500 }, { Hop: 2 }],
    Routes: [{ Table: 'main', Destination: '10.0.1.7/32', Type: 'blackhole' }],
    Leases: [{ Address: '10.0.1.9', Mac: '02:00:00:00:00:09' }],
    Log: [{ Time: '2026-11-30T12:00:00.000Z', Level: 'info', Text: 'On.' }],
    Counters: [{ Port: 'eth0', Up: true, ReceivedBytes: 1, SentBytes: 2_000 }],
  })
  const rows = Object.fromEntries(toolNames.map((tool) => [tool, tableOf(tool, full, t, 'en')]))
  for (const { columns, rows: cells } of Object.values(rows)) {
    for (const one of cells) expect(one).toHaveLength(columns.length)
  }
  expect(rows['Ping']?.rows).toEqual([['4', '3', '25 %', '0.04 ms', '0.05 ms', '0.06 ms']])
  expect(rows['Traceroute']?.rows[1]).toEqual(['2', '*', 'no answer'])
  expect(rows['Routes']?.rows[0]?.[0]).toBe('10.0.1.7/32 (blackhole)')
  expect(rows['Leases']?.rows[0]).toEqual(['10.0.1.9', '–', '02:00:00:00:00:09', 'for ever'])
})

test('what is copied is the output of the program, or else the table', () => {
  const table = tableOf('Traceroute', answer({ Hops: [{ Hop: 1, Address: '10.0.0.1' }] }), t, 'en')
  expect(plainText('Way', table, [])).toBe('Way\nHop\tAddress\tTime\n1\t10.0.0.1\tno answer')
  expect(plainText('Ping', table, ['PING', '1 sent'])).toBe('Ping\nPING\n1 sent')
})
