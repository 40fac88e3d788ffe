import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineLimit, type ManagementEvent, ManagementReader } from './management-lines.ts'

/** What can be compared of it. */
function shown(events: readonly ManagementEvent[]): unknown {
  return events.map((event) =>
    event.is === 'client'
      ? { ...event, facts: { ...event.facts, password: event.facts.password?.reveal() } }
      : { ...event },
  )
}

function readAll(reader: ManagementReader, text: string | Buffer, cuts: readonly number[] = []): unknown {
  const bytes = Buffer.from(text)
  const events: ManagementEvent[] = []
  let from = 0
  for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    events.push(...reader.read(Uint8Array.from(bytes.subarray(from, cut))))
    from = cut
  }
  return shown(events)
}

const value = fc.stringMatching(/^[ -~é中]{0,60}$/)
const cid = fc.nat(100_000)
const block = fc
  .record({
    what: fc.constantFrom('CONNECT' as const, 'REAUTH' as const),
    cid,
    kid: fc.nat(1000),
    userName: value,
    password: fc.stringMatching(/^[ -~é中]{1,60}$/),
    // Names and values that a client chooses.
    chosen: fc.array(fc.tuple(fc.stringMatching(/^[A-Z_]{1,10}$/), value), { maxLength: 20 }),
  })
  .map(({ chosen, ...given }) => ({
    text: [
      `>CLIENT:${given.what},${given.cid},${given.kid}`,
      ...chosen.map(([name, text]) => `>CLIENT:ENV,UV_${name}=${text}`),
      `>CLIENT:ENV,username=${given.userName}`,
      `>CLIENT:ENV,password=${given.password}`,
      '>CLIENT:ENV,untrusted_ip=198.51.100.2',
      '>CLIENT:ENV,session_state=Initial',
      '>CLIENT:ENV,END',
    ],
    event: {
      is: 'client',
      what: given.what,
      cid: given.cid,
      kid: given.kid,
      facts: {
        userName: given.userName,
        password: given.password,
        source: '198.51.100.2',
        sessionState: 'Initial',
        platform: undefined,
        received: 0,
        sent: 0,
      },
    },
  }))
const other = fc.constantFrom(
  {
    text: ['SUCCESS: client-auth command succeeded'],
    event: { is: 'answer', ok: true, text: 'client-auth command succeeded' },
  },
  { text: ['ERROR: no such client'], event: { is: 'answer', ok: false, text: 'no such client' } },
  { text: ['>HOLD:Waiting for hold release:0'], event: { is: 'hold' } },
  {
    text: ['>STATE:1795948408,CONNECTED,SUCCESS,10.200.0.1,,,198.51.100.1,1194'],
    event: { is: 'state', state: 'CONNECTED', detail: 'SUCCESS', address: '10.200.0.1' },
  },
  {
    text: [">PASSWORD:Verification Failed: 'Auth' ['LogonFailed']"],
    event: { is: 'password', what: 'refused', reason: 'LogonFailed' },
  },
  { text: ['>CLIENT:ADDRESS,0,10.200.0.77,1'], event: undefined },
  { text: ['>LOG:1,I,something'], event: undefined },
  { text: [`>CLIENT:ENV,UV_LONG=${'x'.repeat(lineLimit)}`], event: undefined },
)

describe('what OpenVPN says', () => {
  test('is read the same, however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block, other), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (parts, cuts) => {
          const text = parts.flatMap((part) => part.text.map((line) => `${line}\r\n`)).join('')
          const wanted = parts.flatMap(({ event }) => (event === undefined ? [] : [event]))
          expect(readAll(new ManagementReader(), text, cuts)).toEqual(wanted)
        },
      ),
    )
  })

  test('whatever comes, nothing is thrown, and a log-on behind it is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), block, (noise, { text, event }) => {
        const reader = new ManagementReader()
        reader.read(Uint8Array.from(noise))
        const events = readAll(reader, `\n${text.join('\n')}\n`) as readonly unknown[]
        expect(events.at(-1)).toEqual(event)
      }),
    )
  })

  test('the bytes of a password are overwritten when they have been read', () => {
    const bytes = Uint8Array.from(Buffer.from('>CLIENT:CONNECT,0,1\n>CLIENT:ENV,password=Secret-pass1\n'))
    new ManagementReader().read(bytes)
    expect(bytes.every((byte) => byte === 0)).toBe(true)
  })
})
