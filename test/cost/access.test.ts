import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessQuestion, type Authorise, createAuthorise } from '../../packages/server/src/access/authorise.ts'
import { createCompiledPolicies } from '../../packages/server/src/access/compiled-policies.ts'
import { createCredentialSource } from '../../packages/server/src/access/credentials.ts'
import { createDeny } from '../../packages/server/src/access/denial.ts'
import { createIds } from '../../packages/server/src/apis/ids.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import { describeRegions } from '../../packages/server/src/apis/smartag/misc/describe-regions.ts'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { accountId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { dispatch } from '../../packages/server/src/rpc/dispatch.ts'
import { defaultLimits } from '../../packages/server/src/rpc/limits.ts'
import type { FrontDoorOptions } from '../../packages/server/src/rpc/options.ts'
import { signV1, urlencoded } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { type AccessKeyPair, keepAccessKey, newAccessKeyPair } from '../../packages/server/src/store/access/keys.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'
import { createOwnersOf } from '../../packages/server/src/store/resource-owners.ts'
import { ratioOf } from './ratio.ts'
import { quickStore } from './world.ts'

/** What the question whether the caller may may cost of the whole call. */
const bound = 0.1
/** Calls of one measurement: a single one is too short for the clock. */
const calls = 50

const sealer = createSealer(randomBytes(32))
let world: Harness
let authorise: Authorise
let options: FrontDoorOptions

interface Person {
  readonly key: AccessKeyPair
  readonly question: AccessQuestion
}

beforeAll(async () => {
  world = await openHarnessOn(quickStore)
  const { store } = world
  authorise = createAuthorise(createCompiledPolicies(store), createDeny(sealer))
  const unused = {} as never
  options = {
    store,
    apis,
    authorise,
    ownersOf: createOwnersOf(store),
    credentials: createCredentialSource(store, sealer),
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: Date.now,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: Date.now,
    shop: true,
    ids: createIds(randomBytes),
    adminPasswords: unused,
    gateways: unused,
    mailer: unused,
    sendAlert: unused,
    tellGateways: () => {},
    sealer,
    logger: pino({ level: 'silent' }),
    endpoint: 'sag.example:7240',
  }
})
afterAll(() => world?.close())

/** A user with so many statements about one instance each, of which the last allows what is asked. */
async function person(userName: string, statements: number): Promise<Person> {
  const key = newAccessKeyPair(randomBytes)
  const documents: object[][] = []
  for (let n = 0; n < statements - 1; n++) {
    const Resource = `acs:smartag:*:${accountId}:smartag/sag-${n}`
    const statement = { Effect: 'Allow', Action: ['smartag:Modify*', 'smartag:Describe*'], Resource }
    if (n % 20 === 0) documents.push([])
    documents.at(-1)?.push(statement)
  }
  documents.push([{ Effect: 'Allow', Action: 'smartag:DescribeRegions', Resource: '*' }])
  await world.store.write(async (tx) => {
    const { ram } = createRepositories(tx, sealer)
    await ram.users.add({ id: userName, accountId, name: userName, createdAt: 0 })
    await keepAccessKey(tx, sealer, key, { accountId, userId: userName }, 0)
    for (const [n, Statement] of documents.entries()) {
      const name = `${userName}-${n}`
      const document = JSON.stringify({ Version: '1', Statement })
      await ram.policies.add({
        id: name,
        accountId,
        name,
        description: undefined,
        document,
        examples: undefined,
        createdAt: 0,
      })
      await ram.attachments.attach(accountId, { type: 'Custom', name }, { kind: 'user', id: userName }, 0)
    }
  })
  const epoch = await world.store.read((db) => createRepositories(db).ram.accounts.accessEpoch(accountId))
  const question: AccessQuestion = {
    caller: { kind: 'RAMUser', accountId, accessKeyId: key.accessKeyId, userId: userName, userName },
    rights: { epoch },
    operation: describeRegions,
    raw: new Map([['AcceptLanguage', 'en-US']]),
    resources: ['*'],
    circumstances: { sourceIp: '192.0.2.1', secure: true, at: Date.now() },
  }
  return { key, question }
}

function signed({ key }: Person) {
  const client = { accessKeyId: key.accessKeyId, secret: key.accessKeySecret.reveal() }
  const params = signV1(client, { Action: 'DescribeRegions', AcceptLanguage: 'en-US' }, { now: Date.now() })
  const headers = { host: 'sag.example:7240' }
  const request = { method: 'POST', target: `/?${urlencoded(params)}`, headers, distinct: () => ({}) }
  return { ...request, body: Buffer.alloc(0), secure: true, source: '192.0.2.1' }
}

describe.each([1, 1000])('with %i statements', (statements) => {
  test('the question whether the caller may costs less than a tenth of the call', async () => {
    const who = await person(`user-of-${statements}`, statements)
    let requests: ReturnType<typeof signed>[] = []
    const call = {
      before: async () => {
        requests = Array.from({ length: calls }, () => signed(who))
      },
      timed: async () => {
        const answers = await Promise.all(requests.map((request) => dispatch(request, options, defaultLimits)))
        for (const { status } of answers) expect(status).toBe(200)
      },
    }
    const step = {
      timed: async () => {
        for (let n = 0; n < calls; n++) if ((await authorise(who.question)) !== undefined) throw new Error('denied')
      },
    }
    const ratio = await ratioOf(call, step, bound, { rounds: 9, calls: 6 })
    console.info(`${ratio.toFixed(4)} of a signed call, with ${statements} statements`)
    expect(ratio).toBeLessThan(bound)
  })
})
