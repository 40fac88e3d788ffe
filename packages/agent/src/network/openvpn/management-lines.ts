import { Secret, wipeable } from '@opensag/protocol'
import { type TunnelEvent, TunnelReader } from './tunnel-lines.ts'

/** What OpenVPN tells of a client on its management interface, as far as anything follows from it. */
export interface ClientFacts {
  readonly userName: string | undefined
  /** At a log-on or a renegotiation: the password, or the token that OpenVPN gave for it. */
  readonly password: Secret | undefined
  /** Where it comes from; checked by nobody at a log-on. */
  readonly source: string | undefined
  /** What OpenVPN thinks of the token: `Initial` is a password. */
  readonly sessionState: string | undefined
  /** The system of the client, as it says itself. */
  readonly platform: string | undefined
  /** Bytes, at the end of a connection. */
  readonly received: number
  readonly sent: number
}

export type ManagementEvent =
  | { readonly is: 'hold' }
  | { readonly is: 'answer'; readonly ok: boolean; readonly text: string }
  | { readonly is: 'state'; readonly state: string; readonly detail: string; readonly address: string }
  /** Of a client program: it wants a name and a password, or those it had were refused. */
  | { readonly is: 'password'; readonly what: 'needed' | 'refused'; readonly reason: string }
  /** Of a client program: its interface. */
  | TunnelEvent
  /** Of a client program: the server ended it for good. */
  | { readonly is: 'halted'; readonly reason: string }
  | {
      readonly is: 'client'
      readonly what: 'CONNECT' | 'REAUTH' | 'ESTABLISHED' | 'DISCONNECT'
      /** The number of the client, and of its key exchange where one is to be answered. */
      readonly cid: number
      readonly kid: number | undefined
      readonly facts: ClientFacts
    }

/** Bytes of a line. A longer one is left out: whatever a client makes OpenVPN say, the ones after it are read. */
export const lineLimit = 8192

const newline = 0x0a
const carriageReturn = 0x0d

const noFacts: ClientFacts = {
  userName: undefined,
  password: undefined,
  source: undefined,
  sessionState: undefined,
  platform: undefined,
  received: 0,
  sent: 0,
}

type Block = Omit<Extract<ManagementEvent, { is: 'client' }>, 'is' | 'facts'>

/**
 * Reads what OpenVPN writes to its management interface. Total: no input makes it throw or keep more than one line and the
 * members of {@link ClientFacts}, since part of what comes is the choice of whoever connects to the OpenVPN server.
 */
export class ManagementReader {
  readonly #line = wipeable(lineLimit)
  #length = 0
  #isTooLong = false
  #block: Block | undefined
  #facts: ClientFacts = noFacts
  readonly #tunnel = new TunnelReader()

  /** The bytes may hold a password: they are overwritten. */
  read(bytes: Uint8Array): readonly ManagementEvent[] {
    const events: ManagementEvent[] = []
    for (const byte of bytes) {
      if (byte === newline) {
        const event = this.#isTooLong ? undefined : this.#endOfLine()
        if (event !== undefined) events.push(event)
        this.#length = 0
        this.#isTooLong = false
      } else if (this.#length < lineLimit) this.#line[this.#length++] = byte
      else this.#isTooLong = true
    }
    bytes.fill(0)
    return events
  }

  #endOfLine(): ManagementEvent | undefined {
    const end = this.#line[this.#length - 1] === carriageReturn ? this.#length - 1 : this.#length
    const line = this.#line.subarray(0, end)
    if (startsWith(line, passwordLine)) {
      if (this.#block !== undefined && line.length > passwordLine.length) {
        const password = wipeable(line.length - passwordLine.length)
        password.set(line.subarray(passwordLine.length))
        this.#facts.password?.wipe()
        this.#facts = { ...this.#facts, password: Secret.holding(password) }
      }
      line.fill(0)
      return undefined
    }
    return this.#text(Buffer.from(line).toString('utf8'))
  }

  #text(line: string): ManagementEvent | undefined {
    if (line.startsWith('>CLIENT:')) return this.#client(line.slice('>CLIENT:'.length))
    if (line.startsWith('>UPDOWN:')) return this.#tunnel.read(line.slice('>UPDOWN:'.length))
    if (line.startsWith('SUCCESS:')) return { is: 'answer', ok: true, text: line.slice('SUCCESS:'.length).trim() }
    if (line.startsWith('ERROR:')) return { is: 'answer', ok: false, text: line.slice('ERROR:'.length).trim() }
    if (line.startsWith('>HOLD:')) return { is: 'hold' }
    if (line.startsWith('>STATE:')) {
      const [, state = '', detail = '', address = ''] = line.slice('>STATE:'.length).split(',')
      return { is: 'state', state, detail, address }
    }
    if (line.startsWith(">PASSWORD:Need 'Auth'")) return { is: 'password', what: 'needed', reason: '' }
    if (line.startsWith(">PASSWORD:Verification Failed: 'Auth'")) {
      return { is: 'password', what: 'refused', reason: /\['(.*)'\]$/.exec(line)?.[1] ?? '' }
    }
    const halted = /^>NOTIFY:info,server-pushed-halt,(.*)$/.exec(line)
    return halted === null ? undefined : { is: 'halted', reason: halted[1] ?? '' }
  }

  #client(text: string): ManagementEvent | undefined {
    if (text === 'ENV,END') {
      const block = this.#block
      const facts = this.#facts
      this.#begin(undefined)
      return block === undefined ? undefined : { is: 'client', ...block, facts }
    }
    if (text.startsWith('ENV,')) {
      if (this.#block !== undefined) this.#facts = withEntry(this.#facts, text.slice('ENV,'.length))
      return undefined
    }
    const [, what, cid, kid] = /^(CONNECT|REAUTH|ESTABLISHED|DISCONNECT),(\d{1,10})(?:,(\d{1,10}))?$/.exec(text) ?? []
    // Others, as ADDRESS, have no entries.
    if (what === undefined) return undefined
    this.#facts.password?.wipe()
    this.#begin({ what: what as Block['what'], cid: Number(cid), kid: kid === undefined ? undefined : Number(kid) })
    return undefined
  }

  #begin(block: Block | undefined): void {
    this.#block = block
    this.#facts = noFacts
  }
}

const passwordLine = Buffer.from('>CLIENT:ENV,password=')

function startsWith(line: Uint8Array, start: Uint8Array): boolean {
  return line.length >= start.length && start.every((byte, index) => line[index] === byte)
}

function withEntry(facts: ClientFacts, entry: string): ClientFacts {
  const at = entry.indexOf('=')
  const value = entry.slice(at + 1)
  switch (entry.slice(0, at)) {
    case 'username':
      return { ...facts, userName: value.slice(0, 128) }
    case 'untrusted_ip':
    case 'untrusted_ip6':
      return { ...facts, source: value.slice(0, 64) }
    case 'session_state':
      return { ...facts, sessionState: value.slice(0, 64) }
    case 'IV_PLAT':
      return { ...facts, platform: value.slice(0, 32) }
    case 'bytes_received':
      return { ...facts, received: countOf(value) }
    case 'bytes_sent':
      return { ...facts, sent: countOf(value) }
    default:
      return facts
  }
}

function countOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0
}
