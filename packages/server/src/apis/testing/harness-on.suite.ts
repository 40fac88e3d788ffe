// Support for the tests of operations: runs one against a real store, with everything else of its world in the test's hand.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, type ToolRequest } from '@opensag/protocol'
import { expect } from 'vitest'
import { folderInMemory } from '../../../../../test/support/folder-in-memory.ts'
import { type Authorise, createAuthorise } from '../../access/authorise.ts'
import type { Caller } from '../../access/caller.ts'
import { createCompiledPolicies } from '../../access/compiled-policies.ts'
import { createDeny } from '../../access/denial.ts'
import type { SendAlert } from '../../alerts/sender.ts'
import { Refusal } from '../../declare/index.ts'
import { type Mail, MailNotSent } from '../../mail/mailer.ts'
import type { Outbox } from '../../mail/outbox.ts'
import type { AdminPasswords, CommandOutcome, PasswordOutcome, ToolOutcome } from '../../model/gateway-requests.ts'
import { createSealer, type Sealer } from '../../sealing/sealing.ts'
import { createCommittedFleet } from '../../store/fleet/create-fleet.ts'
import type { Fleet } from '../../store/fleet/fleet.ts'
import type { Store } from '../../store/store.ts'
import { createIds } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { examplesOf } from './examples.suite.ts'
import {
  type Answer,
  answerTo,
  type Body,
  type HttpRequest,
  type Params,
  type Payload,
  payloadOf,
  throughTheDoor,
  type World,
} from './front-door.suite.ts'
import { accountId, otherAccountId } from './names.suite.ts'
import { createStock, type Stock } from './stock.suite.ts'
import { toolDone } from './tools.suite.ts'

export interface Harness extends Stock {
  readonly store: Store
  readonly sealer: Sealer
  readonly fleet: Fleet
  /** The business clock. */
  now: number
  /** The wall clock. */
  wallNow: number
  /** Whether orders are sold. */
  shop: boolean
  adminPasswordMaxAgeMs: number | undefined
  /** Who calls; the account itself unless a test says otherwise. */
  caller: Caller
  /** What clients call this server; undefined: the address it listens on. */
  host: string | undefined
  /** What the gateways do with the next password, and what they were asked. */
  readonly passwords: {
    outcome: PasswordOutcome
    /** Happens while the gateway is being asked. */
    meanwhile: () => Promise<void>
    readonly requests: Parameters<AdminPasswords['change']>[0][]
  }
  /** What the mail server does with the next mail, and what it took over. */
  readonly mail: {
    works: boolean
    /** Happens while the mail is being handed over. */
    meanwhile: () => Promise<void>
    readonly sent: Mail[]
  }
  /** Why the next message to a channel of alerts is not sent, and those that were to be. */
  readonly alertMessages: { failure: string | undefined; readonly sent: Parameters<SendAlert>[] }
  /** The mails of a sandbox; undefined in any other server. */
  outbox: Outbox | undefined
  /** Failures the log was told of, by their consequence. */
  readonly reported: string[]
  /** Where the store keeps its files. */
  readonly folder: string
  /** Gateways that were told, after a commit, that there is a newer configuration for them. */
  readonly told: string[]
  /** A point of presence was told, after a commit, that these sessions of remote users were ended or changed. */
  sessionsChanged: (pop: string, sessions: ReadonlySet<string>) => void
  /** What gateways do when they are told something, and what they were told: `reboot sag1`, `upgrade sag1 2.0.0.0`. */
  readonly gateways: {
    outcome: CommandOutcome
    /** What comes of a tool. */
    tool: (request: ToolRequest) => ToolOutcome
    /** Happens while the gateway is being asked. */
    meanwhile: () => Promise<void>
    readonly requests: string[]
  }
  /** The answer as it goes on the wire, without `RequestId`. @throws Refusal */
  call(operation: Operation, params?: Params): Promise<Answer>
  /** The answer to the body of a request, byte by byte, in the format it asks for. */
  wire(operation: Operation, body: Body): Promise<Payload>
  /** The answer to a request as a client sends it, signed by {@link signingKey} for the caller. */
  signed(operation: Operation, request: HttpRequest): Promise<Payload>
  /** How the call, of its examples unless others are given, is denied to a user without policies; undefined when every caller may. */
  denied(operation: Operation, params?: Params): Promise<Refusal | undefined>
  /** The code a call is refused with; status and message are those of the table. */
  refused(operation: Operation, params?: Params): Promise<string>
  close(): Promise<void>
}

const answered = new Map<string, Set<string>>()

/** The codes of its table that calls of the operation were answered with so far. */
export function answeredCodes({ name }: Operation): ReadonlySet<string> {
  return answered.get(name) ?? new Set()
}

export function forgetAnswers({ name }: Operation): void {
  answered.delete(name)
}

function noteAnswered({ name }: Operation, code: string): void {
  const codes = answered.get(name) ?? new Set()
  answered.set(name, codes.add(code))
}

/** A world in the store that is opened in its folder; its ids come from `random`. */
export async function openHarnessOn(
  openStore: (folder: string) => Promise<Store>,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<Harness> {
  const folder = await mkdtemp(join(folderInMemory(2 ** 30) ?? tmpdir(), 'opensag-operations-'))
  const store = await openStore(folder)
  const sealer = createSealer(randomBytes(32))
  const fleet = createCommittedFleet(store, sealer)
  const ids = createIds(random)
  const passwords: Harness['passwords'] = { outcome: 'accepted', meanwhile: async () => {}, requests: [] }
  const mail: Harness['mail'] = { works: true, meanwhile: async () => {}, sent: [] }
  const alertMessages: Harness['alertMessages'] = { failure: undefined, sent: [] }
  const reported: string[] = []
  const told: string[] = []
  const gateways: Harness['gateways'] = { outcome: 'done', tool: toolDone, meanwhile: async () => {}, requests: [] }
  async function askGateway(request: string): Promise<CommandOutcome> {
    gateways.requests.push(request)
    await gateways.meanwhile()
    return gateways.outcome
  }
  const authorise = createAuthorise(createCompiledPolicies(store), createDeny(sealer))
  await store.write(async (tx) => {
    for (const id of [accountId, otherAccountId]) {
      const account = { id, name: id, created_at: 0 }
      // Another node of the same store may have been here.
      await tx
        .insertInto('account')
        .values(account)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  })

  const world = (caller: Caller, asked: Authorise): World => ({
    store,
    sealer,
    ids,
    wallNow: harness.wallNow,
    businessNow: harness.now,
    caller,
    host: harness.host,
    shop: harness.shop,
    adminPasswordMaxAgeMs: harness.adminPasswordMaxAgeMs,
    authorise: asked,
    adminPasswords: {
      async change(request) {
        // The call's own is wiped when the call is answered.
        passwords.requests.push({ ...request, password: Secret.of(request.password.reveal()) })
        await passwords.meanwhile()
        return passwords.outcome
      },
    },
    gateways: {
      reboot: ({ serial }) => askGateway(`reboot ${serial}`),
      upgrade: ({ serial }, to) => askGateway(`upgrade ${serial} ${to}`),
      async synchronise({ serial }) {
        const outcome = await askGateway(`synchronise ${serial}`)
        return outcome === 'refused' ? 'unreachable' : outcome
      },
      async tool({ serial }, request) {
        await askGateway(`tool ${serial} ${JSON.stringify(request)}`)
        return gateways.tool(request)
      },
      async ask({ serial }, message) {
        const outcome = await askGateway(`ask ${serial} ${JSON.stringify(message)}`)
        return outcome === 'refused' ? 'unreachable' : outcome
      },
    },
    mailer: {
      async send(given) {
        await mail.meanwhile()
        if (!mail.works) throw new MailNotSent('The mail server of this test takes nothing.')
        mail.sent.push(given)
      },
    },
    outbox: harness.outbox,
    async sendAlert(...given) {
      alertMessages.sent.push(given)
      return alertMessages.failure
    },
    tellGateways(serials, sessions = new Map()) {
      told.push(...serials)
      for (const [pop, ids] of sessions) harness.sessionsChanged(pop, ids)
    },
    report: (consequence) => void reported.push(consequence),
  })

  const allowed = (): World => world(harness.caller, () => undefined)

  const harness: Harness = {
    ...createStock({ store, fleet, ids, now: () => harness.now }),
    store,
    sealer,
    fleet,
    now: Date.UTC(2024, 0, 31, 12),
    wallNow: Date.UTC(2024, 0, 31, 12),
    shop: true,
    adminPasswordMaxAgeMs: undefined,
    caller: { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' },
    host: undefined,
    passwords,
    gateways,
    mail,
    alertMessages,
    outbox: undefined,
    reported,
    folder,
    told,
    sessionsChanged: () => {},

    call: (operation, params = {}) => throughTheDoor(allowed(), operation, params),
    wire: (operation, body) => payloadOf(allowed(), operation, body),
    signed: (operation, request) => answerTo(allowed(), operation, request),

    async denied(operation, params = examplesOf(operation)) {
      const refusal = await refusalOf(throughTheDoor(world(nobody, authorise), operation, params))
      if (refusal?.accessDenied === undefined) return undefined
      if (operation.errors[refusal.code] !== undefined) noteAnswered(operation, refusal.code)
      return refusal
    },

    async refused(operation, params) {
      const error = await refusalOf(harness.call(operation, params))
      if (error === undefined) throw new Error(`${operation.name} was not refused.`)
      const row = operation.errors[error.code]
      if (row !== undefined) {
        expect([error.status, error.message.slice(0, row[1].length)]).toEqual([row[0], row[1]])
        // What follows the table's message says what is wrong with this request.
        expect(error.message.slice(row[1].length)).toMatch(/^( \S.*)?$/)
        noteAnswered(operation, error.code)
      }
      return error.code
    },

    async close() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
  return harness
}

/** A user without any policy. */
export const nobody: Caller = {
  kind: 'RAMUser',
  accountId,
  accessKeyId: 'LTAI5tNobody',
  userId: 'nobody',
  userName: 'nobody',
}

/** What a call is refused with; undefined when it is done. A defect is thrown. */
async function refusalOf(call: Promise<Answer>): Promise<Refusal | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
