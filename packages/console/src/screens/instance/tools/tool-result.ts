import { firstHost, numberToIpv4 } from '@opensag/rules'
import type { ResultOf } from '@opensag/smartag-client'
import { numberText, timeText } from '../../../app/format.ts'
import type { Language } from '../../../app/texts.ts'
import { bytesText } from '../../../app/units.ts'
import type { Holder } from '../../../fleet/cidr-map.ts'
import type { Tone } from '../../../ui/tones.ts'
import { connectionOf } from '../connection.ts'
import type { ShownDevice } from '../instance-data.ts'
import type { ToolTexts } from './tools.texts.ts'

export const toolNames = ['Ping', 'Traceroute', 'Routes', 'Leases', 'Log', 'Counters'] as const
export type ToolName = (typeof toolNames)[number]

/** Whether a tool sends something somewhere. */
export function isSending(tool: ToolName): boolean {
  return tool === 'Ping' || tool === 'Traceroute'
}

export type ToolAnswer = Omit<ResultOf<'RunGatewayTool'>, 'RequestId'>

interface Column {
  readonly title: string
  /** `text`: it may be long. */
  readonly look?: 'number' | 'mono' | 'text'
}

export interface ToolTable {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

export interface Suggestion {
  readonly name: string
  readonly address: string
}

/** Why a gateway cannot be asked now; undefined: it can, as far as that is known. */
export function reasonAgainst(
  device: Pick<ShownDevice, 'HcState' | 'info' | 'configuration'> | undefined,
): 'offline' | 'tooOld' | undefined {
  if (device === undefined || !isOnline(device)) return 'offline'
  return device.configuration?.HasTools === false ? 'tooOld' : undefined
}

/** What is not known counts as online: the server decides. */
export function isOnline(device: Pick<ShownDevice, 'HcState' | 'info'>): boolean {
  return connectionOf(device) !== 'offline'
}

const mostSuggested = 6

/** The gateways of other branches of the network, by the first address of each: that is where they are at home. */
export function suggestions(others: readonly Holder[]): readonly Suggestion[] {
  return others
    .filter(({ id }, at) => others[at - 1]?.id !== id)
    .slice(0, mostSuggested)
    .map(({ name, block }) => ({ name, address: numberToIpv4(firstHost(block)) }))
}

/** As precise as it matters: 0.04 ms, 2.5 ms, 120 ms. */
export function microsecondsText(microseconds: number | undefined, none: string): string {
  if (microseconds === undefined) return none
  const ms = microseconds / 1000
  return `${ms.toFixed(ms < 1 ? 2 : ms < 100 ? 1 : 0)} ms`
}

/** How it went, in a word; undefined where there is nothing to judge. */
export function verdictOf(
  tool: ToolName,
  { Outcome, Sent = 0, Answered = 0, Reached }: ToolAnswer,
  t: ToolTexts,
): { readonly tone: Tone; readonly text: string } | undefined {
  if (Outcome !== 'Done') return { tone: 'warn', text: t.undone }
  if (tool === 'Traceroute') {
    return Reached === true ? { tone: 'ok', text: t.states.reached } : { tone: 'bad', text: t.states.unreached }
  }
  if (tool !== 'Ping') return undefined
  if (Answered === 0) return { tone: 'bad', text: t.states.none }
  return Answered < Sent ? { tone: 'warn', text: t.states.some } : { tone: 'ok', text: t.states.answered }
}

/** Why there is no result; undefined where there is one. */
export function failureText({ Outcome, Detail = '' }: ToolAnswer, { outcomes }: ToolTexts): string | undefined {
  switch (Outcome) {
    case 'Done':
      return undefined
    case 'ProgramMissing':
    case 'Failed':
      return outcomes[Outcome](Detail).trim()
    case 'NameNotResolved':
    case 'NoSourceAddress':
    case 'NoNetwork':
    case 'Simulated':
    case 'OutOfTime':
      return outcomes[Outcome]
    default:
      // Of a later server.
      return `${Outcome ?? ''} ${Detail}`.trim()
  }
}

/** What a tool found, as rows of texts: for the page, and for the clipboard. */
export function tableOf(tool: ToolName, answer: ToolAnswer, t: ToolTexts, language: Language): ToolTable {
  const c = t.columns
  const number = (value: number | undefined): string => (value === undefined ? '–' : numberText(value, language))
  const numeric = (title: string): Column => ({ title, look: 'number' })
  const mono = (title: string): Column => ({ title, look: 'mono' })
  const moment = (text: string | undefined): string =>
    timeText(text === undefined ? undefined : Date.parse(text), language)
  switch (tool) {
    case 'Ping': {
      const { Sent = 0, Answered = 0 } = answer
      const lost = Sent === 0 ? 0 : Math.round(((Sent - Answered) * 100) / Sent)
      const times = [answer.LeastMicroseconds, answer.MeanMicroseconds, answer.MostMicroseconds]
      return {
        columns: [c.sent, c.answered, c.lost, c.least, c.mean, c.most].map(numeric),
        rows: [[number(Sent), number(Answered), `${lost} %`, ...times.map((time) => microsecondsText(time, '–'))]],
      }
    }
    case 'Traceroute':
      return {
        columns: [{ title: c.hop }, mono(c.address), numeric(c.time)],
        rows: answer.Hops.map(({ Hop, Address, Microseconds }) => [
          number(Hop),
          Address ?? '*',
          microsecondsText(Microseconds, t.silent),
        ]),
      }
    case 'Routes':
      return {
        columns: [
          mono(c.destination),
          mono(c.nextHop),
          mono(c.port),
          { title: c.source },
          numeric(c.metric),
          { title: c.table },
        ],
        rows: answer.Routes.map(({ Destination = '', Type, NextHop, Port, Source, Metric, Table = '' }) => [
          Type === undefined ? Destination : `${Destination} (${Type})`,
          NextHop ?? '–',
          Port ?? '–',
          Source ?? '–',
          number(Metric),
          Table,
        ]),
      }
    case 'Leases':
      return {
        columns: [mono(c.address), { title: c.name }, mono(c.mac), { title: c.until }],
        rows: answer.Leases.map(({ Address = '', Name, Mac = '', Until }) => [
          Address,
          Name ?? '–',
          Mac,
          Until === undefined ? t.never : moment(Until),
        ]),
      }
    case 'Log':
      return {
        columns: [{ title: c.time }, { title: c.level }, { title: c.text, look: 'text' }],
        rows: answer.Log.map(({ Time, Level = '', Text = '' }) => [moment(Time), Level, Text]),
      }
    case 'Counters':
      return {
        columns: [
          mono(c.port),
          { title: c.state },
          ...[c.received, c.sent, c.packets, c.errors, c.dropped].map(numeric),
        ],
        rows: answer.Counters.map((one) => [
          one.Port ?? '',
          one.Up === true ? t.up : t.down,
          bytesText(one.ReceivedBytes ?? 0),
          bytesText(one.SentBytes ?? 0),
          `${number(one.ReceivedPackets)} / ${number(one.SentPackets)}`,
          `${number(one.ReceivedErrors)} / ${number(one.SentErrors)}`,
          `${number(one.ReceivedDropped)} / ${number(one.SentDropped)}`,
        ]),
      }
  }
}

/** For a mail or a ticket: what the program wrote, or the table with tabs between its cells. */
export function plainText(title: string, { columns, rows }: ToolTable, lines: readonly string[]): string {
  const table = [columns.map((column) => column.title), ...rows].map((cells) => cells.join('\t'))
  return [title, ...(lines.length > 0 ? lines : table)].join('\n')
}
