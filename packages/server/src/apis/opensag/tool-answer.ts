import type { ToolFailure, ToolResult } from '@opensag/protocol'
import { booleanField, direct, integerField, longField, stringField } from '../../declare/index.ts'
import { moment } from './history-params.ts'

const counts = (way: 'Received' | 'Sent') => ({
  [`${way}Bytes`]: longField,
  [`${way}Packets`]: longField,
  [`${way}Errors`]: longField,
  [`${way}Dropped`]: longField,
})

export const toolFields = {
  Outcome: stringField,
  Detail: stringField,
  Simulated: booleanField,
  Address: stringField,
  Sent: integerField,
  Answered: integerField,
  LeastMicroseconds: integerField,
  MeanMicroseconds: integerField,
  MostMicroseconds: integerField,
  Lines: direct(stringField),
  Reached: booleanField,
  Hops: direct({ Hop: integerField, Address: stringField, Microseconds: integerField }),
  Routes: direct({
    Table: stringField,
    Destination: stringField,
    Type: stringField,
    NextHop: stringField,
    Port: stringField,
    Source: stringField,
    Metric: longField,
  }),
  Leases: direct({ Address: stringField, Mac: stringField, Name: stringField, Until: stringField }),
  Log: direct({ Time: stringField, Level: stringField, Text: stringField }),
  Counters: direct({ Port: stringField, Up: booleanField, ...counts('Received'), ...counts('Sent') }),
  LeftOut: integerField,
}

/** `Outcome` of what has no result. */
export const failureNames: Readonly<Record<ToolFailure, string>> = {
  unresolved: 'NameNotResolved',
  'no-address': 'NoSourceAddress',
  missing: 'ProgramMissing',
  'no-network': 'NoNetwork',
  simulated: 'Simulated',
  late: 'OutOfTime',
  failed: 'Failed',
}

/** A result as the answer shows it. */
export function shownResult(result: ToolResult) {
  switch (result.tool) {
    case 'ping':
      return { Address: result.address, ...summary(result.times), Lines: result.lines }
    case 'traceroute':
      return {
        Address: result.address,
        Reached: result.isReached,
        Hops: result.hops.map(({ hop, address, ms }) => ({ Hop: hop, Address: address, Microseconds: micro(ms) })),
      }
    case 'routes':
      return {
        LeftOut: result.left,
        Routes: result.routes.map(({ table, to, type, via, port, source, metric }) => ({
          ...{ Table: table, Destination: to, Type: type, NextHop: via, Port: port, Source: source, Metric: metric },
        })),
      }
    case 'leases':
      return {
        LeftOut: result.left,
        Leases: result.leases.map(({ address, mac, name, until }) => ({
          ...{ Address: address, Mac: mac, Name: name, Until: moment(until) },
        })),
      }
    case 'log':
      return {
        LeftOut: result.left,
        Log: result.log.map(({ at, level, text }) => ({ Time: moment(at), Level: level, Text: text })),
      }
    case 'counters':
      return {
        LeftOut: result.left,
        Counters: result.counters.map(({ port, isUp, received, sent }) => ({
          Port: port,
          Up: isUp,
          ...named('Received', received),
          ...named('Sent', sent),
        })),
      }
  }
}

type Counts = Extract<ToolResult, { tool: 'counters' }>['counters'][number]['sent']

function named(way: 'Received' | 'Sent', { bytes, packets, errors, dropped }: Counts) {
  return { [`${way}Bytes`]: bytes, [`${way}Packets`]: packets, [`${way}Errors`]: errors, [`${way}Dropped`]: dropped }
}

function summary(times: readonly (number | null)[]) {
  const answered = times.filter((time) => time !== null)
  const counted = { Sent: times.length, Answered: answered.length }
  if (answered.length === 0) return counted
  return {
    ...counted,
    LeastMicroseconds: micro(Math.min(...answered)),
    MeanMicroseconds: micro(answered.reduce((sum, time) => sum + time, 0) / answered.length),
    MostMicroseconds: micro(Math.max(...answered)),
  }
}

function micro(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1000)
}
