// Support for the tests of operations: runs one against a real store, with everything else of its world in the test's hand.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthorise } from '../../access/authorise.ts'
import type { Caller } from '../../access/caller.ts'
import { createCompiledPolicies } from '../../access/compiled-policies.ts'
import { createDeny } from '../../access/denial.ts'
import { Refusal } from '../../declare/index.ts'
import { missingExplanations } from '../../explanations/complaints.ts'
import { type Mail, MailNotSent } from '../../mail/mailer.ts'
import type { Outbox } from '../../mail/outbox.ts'
import { roleOfNext } from '../../model/binding.ts'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import type { OrderState } from '../../model/order.ts'
import { unreached } from '../../reference/unreached.ts'
import { forbidden } from '../../rpc/check.ts'
import { createSealer } from '../../sealing/sealing.ts'
import { createCommittedFleet, type Fleet, type NewDevice, type NewInstance } from '../../store/fleet/fleet.ts'
import {
  committedRepositories,
  createRepositories,
  createUnits,
  type Repositories,
  writeUnit,
} from '../../store/repositories.ts'
import { openSqliteStore } from '../../store/sqlite/open.ts'
import type { Store } from '../../store/store.ts'
import type { AdminPasswords, CommandOutcome, OperationContext, PasswordOutcome } from '../context.ts'
import { createIds } from '../ids.ts'
import type { Operation } from '../operation.ts'

export const accountId = '1210123456123456'
export const otherAccountId = '1210123456654321'
export const regionId = 'cn-shanghai'
export const day = 24 * 60 * 60 * 1000

export interface Harness {
  readonly store: Store
  readonly fleet: Fleet
  /** The business clock. */
  now: number
  /** The wall clock. */
  wallNow: number
  /** Who calls; the account itself unless a test says otherwise. */
  caller: Caller
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
  /** The mails of a sandbox; undefined in any other server. */
  outbox: Outbox | undefined
  /** Failures the log was told of, by their consequence. */
  readonly reported: string[]
  /** Where the store keeps its files. */
  readonly folder: string
  /** Gateways that were told, after a commit, that there is a newer configuration for them. */
  readonly told: string[]
  /** What gateways do when they are told something, and what they were told: `reboot sag1`, `upgrade sag1 2.0.0.0`. */
  readonly gateways: {
    outcome: CommandOutcome
    /** Happens while the gateway is being asked. */
    meanwhile: () => Promise<void>
    readonly requests: string[]
  }
  /** The answer as it goes on the wire, without `RequestId`. @throws Refusal */
  call(operation: Operation, params?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>
  /** What a user without policies is answered who calls it; undefined when every caller may. */
  denied(operation: Operation): Promise<Refusal | undefined>
  /** The code a call is refused with; status and message are those of the table. */
  refused(operation: Operation, params?: Readonly<Record<string, string>>): Promise<string>
  addInstance(instance?: Partial<NewInstance> & { readonly state?: OrderState }): Promise<string>
  addDevice(instanceId?: string, device?: Partial<NewDevice> & DeviceState): Promise<string>
  setDevice(serial: string, state: DeviceState): Promise<void>
  /** The connected devices of the instance have applied the newest configuration. */
  applyConfig(instanceId: string): Promise<void>
  close(): Promise<void>
}

export interface DeviceState {
  readonly connected?: boolean
  readonly synStatus?: Device['synStatus']
  readonly version?: string
  readonly startedAt?: number
  readonly lastSeenAt?: number
  readonly serviceIp?: string
  readonly sealKey?: string
}

const answered = new Map<string, Set<string>>()

function noteAnswered({ name }: Operation, code: string): void {
  const codes = answered.get(name) ?? new Set()
  answered.set(name, codes.add(code))
}

/**
 * The tests of one operation. After them, every code of its table must have been answered by a real call in them, so
 * that a row nobody can reach cannot hide; what stands in {@link unreached} must not have been.
 */
export function testOperation(operation: Operation, tests: (world: () => Harness) => void): void {
  test(`every error that ${operation.name} declares has its explanation`, () => {
    expect(missingExplanations([operation])).toEqual([])
  })

  testInWorld(operation.name, (world) => {
    tests(world)

    test('whom no policy allows it is denied, as its table says', async () => {
      const refusal = await world().denied(operation)
      expect(refusal === undefined).toBe(operation.access.open === true)
      if (refusal === undefined) return
      expect([400, 403]).toContain(refusal.status)
      expect(refusal.accessDenied).toMatchObject({ AuthAction: operation.access.action })
    })

    test('every declared error is answered in one of these tests', () => {
      const reached = answered.get(operation.name) ?? new Set()
      const reachable = Object.keys(operation.errors).filter((code) => !(code in (unreached[operation.name] ?? {})))
      expect([...reached].sort()).toEqual(reachable.sort())
    })
  })
}

/** Tests that each have a world of their own. */
export function testInWorld(title: string, tests: (world: () => Harness) => void): void {
  describe(title, () => {
    let harness: Harness | undefined
    beforeEach(async () => {
      harness = await openHarness()
    })
    afterEach(() => harness?.close())
    tests(() => {
      if (harness === undefined) throw new Error('The world exists inside a test only.')
      return harness
    })
  })
}

/** A world in a store of its own, or in the one that is given. */
export async function openHarness(
  openStore: (folder: string) => Promise<Store> = (folder) => openSqliteStore({ folder }),
): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-operations-'))
  const store = await openStore(folder)
  const sealer = createSealer(randomBytes(32))
  const fleet = createCommittedFleet(store, sealer)
  const ids = createIds(randomBytes)
  const passwords: Harness['passwords'] = { outcome: 'accepted', meanwhile: async () => {}, requests: [] }
  const mail: Harness['mail'] = { works: true, meanwhile: async () => {}, sent: [] }
  const reported: string[] = []
  const told: string[] = []
  const units = { store, sealer, tellGateways: (serials: ReadonlySet<string>) => void told.push(...serials) }
  const gateways: Harness['gateways'] = { outcome: 'done', meanwhile: async () => {}, requests: [] }
  async function askGateway(request: string): Promise<CommandOutcome> {
    gateways.requests.push(request)
    await gateways.meanwhile()
    return gateways.outcome
  }
  const authorise = createAuthorise(createCompiledPolicies(store), createDeny(sealer))
  let serials = 0
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

  const harness: Harness = {
    store,
    fleet,
    now: Date.UTC(2024, 0, 31, 12),
    wallNow: Date.UTC(2024, 0, 31, 12),
    caller: { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' },
    passwords,
    gateways,
    mail,
    outbox: undefined,
    reported,
    folder,
    told,

    async call(operation, params = {}) {
      const { values, violations } = operation.parse(new Map(Object.entries(params)))
      const [first] = violations
      if (first !== undefined) {
        if (first.code !== undefined) throw operation.refusal(first.code)
        throw new Refusal(400, `${first.kind === 'missing' ? 'Missing' : 'Invalid'}${first.param}`, 'The front door.')
      }
      const context = (repositories: Repositories): OperationContext & { fail: Operation['refusal'] } => ({
        ...repositories,
        unit: createUnits(units),
        caller: harness.caller,
        requestId: 'DB0A026C-A8E5-40AB-977E-3A87DD78F694',
        now: harness.now,
        began: 0,
        ids,
        adminPasswords: {
          async change(request) {
            passwords.requests.push(request)
            await passwords.meanwhile()
            return passwords.outcome
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
        report: (_error, consequence) => reported.push(consequence),
        gateways: {
          reboot: ({ serial }) => askGateway(`reboot ${serial}`),
          upgrade: ({ serial }, version) => askGateway(`upgrade ${serial} ${version}`),
          async synchronise({ serial }) {
            const outcome = await askGateway(`synchronise ${serial}`)
            return outcome === 'refused' ? 'unreachable' : outcome
          },
        },
        endpoint: '127.0.0.1:7240',
        deny: createDeny(sealer),
        fail: operation.refusal,
        circumstances: { sourceIp: '192.0.2.1', secure: false, at: harness.wallNow },
      })
      switch (operation.transaction) {
        case 'read':
          return store.read((db) => operation.run(context(createRepositories(db, sealer)), values))
        case 'write':
          return writeUnit(units, (repositories) => operation.run(context(repositories), values))
        case 'device':
          return operation.run(context(committedRepositories(store, sealer)), values)
      }
    },

    async denied(operation) {
      const caller = {
        kind: 'RAMUser',
        accountId,
        accessKeyId: 'LTAI5tNobody',
        userId: 'nobody',
        userName: 'nobody',
      } as const
      const denial = await authorise({
        caller,
        standing: { epoch: 0 },
        operation,
        raw: new Map(),
        circumstances: { sourceIp: '192.0.2.1', secure: false, at: harness.now },
      })
      if (denial === undefined) return undefined
      const refusal = forbidden(operation, denial)
      if (operation.errors[refusal.code] !== undefined) noteAnswered(operation, refusal.code)
      return refusal
    },

    async refused(operation, params) {
      const error = await harness.call(operation, params).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof Refusal)) throw new Error(`${operation.name} was not refused.`, { cause: error })
      const row = operation.errors[error.code]
      if (row !== undefined) {
        expect([error.status, error.message.slice(0, row[1].length)]).toEqual([row[0], row[1]])
        // What follows the table's message says what is wrong with this request.
        expect(error.message.slice(row[1].length)).toMatch(/^( \S.*)?$/)
        noteAnswered(operation, error.code)
      }
      return error.code
    },

    async addInstance({ state = 'activated', ...given } = {}) {
      const kind = given.kind ?? 'hardware'
      const id = given.id ?? ids.instance()
      await fleet.addInstance({
        id,
        accountId,
        regionId,
        kind,
        spec: defaultSpec[kind],
        haType: 'warm_backup',
        maxBandwidth: 50,
        orderId: ids.order(),
        alreadyHaveSag: false,
        periodMonths: 12,
        createdAt: harness.now,
        ...given,
      })
      for (const step of stepsTo[kind === 'hardware' ? state : state === 'unpaid' ? 'unpaid' : 'ordered']) {
        const outcome = step === 'ship' ? fleet.ship(id, [], harness.now) : fleet.advanceOrder(id, step, harness.now)
        expect(await outcome).toBe('done')
      }
      return id
    },

    async addDevice(instanceId, given = {}) {
      serials += 1
      const serial = given.serial ?? `sag${String(serials).padStart(8, '0')}`
      await fleet.addDevice({
        serial,
        model: 'sag-1000',
        version: '2.3.1.1',
        enrolmentKey: Secret.of('enrolment-key'),
        resettable: true,
        createdAt: harness.now,
        ...given,
      })
      if (instanceId !== undefined) {
        const devices = (await fleet.instanceById(instanceId))?.devices ?? []
        await fleet.bind(serial, instanceId, roleOfNext(devices), harness.now)
      }
      await harness.setDevice(serial, { connected: true, ...given })
      if (instanceId !== undefined) await harness.applyConfig(instanceId)
      return serial
    },

    async setDevice(serial, { connected, synStatus, version, startedAt, lastSeenAt, serviceIp, sealKey }) {
      await store.write(async (tx) => {
        await tx
          .updateTable('device')
          .set({
            ...(connected === undefined ? {} : { node: connected ? 'node-1' : null }),
            ...(synStatus === undefined ? {} : { syn_status: synStatus }),
            ...(version === undefined ? {} : { version }),
            ...(startedAt === undefined ? {} : { started_at: startedAt }),
            ...(lastSeenAt === undefined ? {} : { last_seen_at: lastSeenAt }),
            ...(serviceIp === undefined ? {} : { service_ip: serviceIp }),
            ...(sealKey === undefined ? {} : { seal_key: sealKey }),
            serial,
          })
          .where('serial', '=', serial)
          .execute()
      })
    },

    async applyConfig(instanceId) {
      const instance = await fleet.instanceById(instanceId)
      await store.write(async (tx) => {
        await tx
          .updateTable('device')
          .set({ applied_revision: instance?.configRevision ?? 0 })
          .where('instance_id', '=', instanceId)
          .where('node', 'is not', null)
          .execute()
      })
    },

    async close() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
  return harness
}

const defaultSpec: Readonly<Record<Instance['kind'], Instance['spec']>> = {
  hardware: 'sag-1000',
  vcpe: 'sag-vcpe',
  app: 'sag-software',
}

const stepsTo = {
  unpaid: [],
  ordered: ['pay'],
  delivered: ['pay', 'ship'],
  received: ['pay', 'ship', 'arrive'],
  activated: ['pay', 'ship', 'arrive', 'activate'],
  returning: ['pay', 'ship', 'return'],
} as const satisfies Readonly<Record<OrderState, readonly string[]>>
