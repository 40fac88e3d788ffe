import { createManualTime } from '@opensag/protocol'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import type { AccessQuestion } from '../access/authorise.ts'
import type { AccessDenied } from '../access/denial.ts'
import type { Failure } from '../access/failures.ts'
import type { OperationContext } from '../apis/context.ts'
import { createConsoleSession } from '../apis/opensag/create-console-session.ts'
import { operation } from '../apis/operation.ts'
import { assumeRole } from '../apis/sts/assume-role.ts'
import { api } from '../declare/api.ts'
import { integer, secret, text } from '../declare/params.ts'
import { stringField } from '../declare/results.ts'
import { readDetails } from '../store/audit/details.ts'
import { StoreUnavailable, TooManyNonces } from '../store/errors.ts'
import { Networks } from '../store/networks/networks.ts'
import { dispatch } from './dispatch.ts'
import { defaultLimits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { apisOf, credentialOf, doorOptions, echo, key, now, sourceOf, type TestOptions } from './testing/door.suite.ts'
import { type ClientKey, signV1, urlencoded } from './testing/signing-client.suite.ts'

const password = 'never_seen_1234'

interface Behaviour {
  readonly transaction?: 'read' | 'write' | 'device'
  readonly run?: (context: OperationContext) => Promise<{ readonly Said?: string }>
  readonly withInternalError?: boolean
}

/** Its table has codes above `Forbidden`, and below it. */
function guarded({ transaction = 'write', run = async () => ({}), withInternalError = false }: Behaviour = {}) {
  return operation({
    name: 'ModifyThing',
    family: 'test',
    about: { en: 'Test.', zh: '测试。' },
    source: 'test',
    access: { action: 'smartag:ModifyThing', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
    transaction,
    params: {
      RegionId: text().required(),
      SmartAGId: text().required('MissingParam.Early'),
      Password: secret(/^[A-Za-z0-9_]{8,30}$/).invalid('IllegalParam.Late'),
      PageSize: integer().range(1, 50),
    },
    errors: {
      'MissingParam.Early': [403, 'Early.', '早。'],
      Forbidden: [403, 'User not authorized to operate on the specified resource.', '无权。'],
      'IllegalParam.Late': [400, 'Late.', '晚。'],
      'SAG.State': [500, 'The state says so.', '状态如此。'],
      ...(withInternalError
        ? { InternalError: [403, 'An internal server error occurred.', '内部错误。'] as const }
        : {}),
    },
    result: { Said: stringField },
    run: (context) => run(context),
  })
}

/** Every field of a result may be missing. */
type Nothing = Readonly<Record<never, never>>

const failing = async (): Promise<never> => {
  throw new Error('disk gone')
}

type Given = Readonly<Record<string, string | undefined>>

const good = { Action: 'ModifyThing', RegionId: 'cn-shanghai', SmartAGId: 'sag-1' }

async function send(
  given: Given,
  behaviour: Behaviour = {},
  more: Partial<FrontDoorOptions> = {},
): Promise<{ readonly status: number; readonly body: Record<string, string>; readonly options: TestOptions }> {
  const options = doorOptions({ apis: apisOf(guarded(behaviour)), ...more })
  return { ...(await sendTo(options, given)), options }
}

async function sendTo(
  options: TestOptions,
  given: Given,
  client: ClientKey = key,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Record<string, string> }> {
  const target = `/?${urlencoded(signV1(client, { ...good, ...given }, { now }))}`
  const headers = { host: 'sag.example:7240', ...more }
  const request = {
    method: 'POST',
    target,
    headers,
    distinct: () => ({}),
    body: Buffer.alloc(0),
    secure: false,
    source: undefined,
  }
  const { status, payload } = await dispatch(request, options, defaultLimits)
  return { status, body: JSON.parse(payload) }
}

const denied: AccessDenied = {
  AuthAction: 'smartag:ModifyThing',
  AuthResource: 'acs:smartag:cn-shanghai:1234567890123456:smartag/sag-1',
  AuthPrincipalType: 'SubUser',
  AuthPrincipalOwnerId: '1234567890123456',
  AuthPrincipalDisplayName: '216959339000',
  PolicyType: 'AccountLevelIdentityBasedPolicy',
  NoPermissionType: 'ImplicitDeny',
  EncodedDiagnosticMessage: 'opaque',
}
const deny: Pick<FrontDoorOptions, 'authorise'> = { authorise: () => denied }

test('when no more used nonces are kept a call is answered Throttling, and nothing is run', async () => {
  const ran: string[] = []
  const options = doorOptions({
    apis: apisOf(
      guarded({
        run: async () => {
          ran.push('run')
          return {}
        },
      }),
    ),
  })
  options.store.burnNonce = async () => Promise.reject(new TooManyNonces(1000))
  expect(await sendTo(options, {})).toMatchObject({
    status: 400,
    body: { Code: 'Throttling', Message: 'Request was denied due to request throttling.' },
  })
  expect([ran, options.store.recorded]).toEqual([[], []])
})

test.each([
  ['before its nonce is used up', 'burnNonce'],
  ['before its change is made', 'writeAudited'],
] as const)(
  'when the database is away %s, a call is answered ServiceUnavailable, which clients try again',
  async (_, of) => {
    const options = doorOptions({ apis: apisOf(guarded({ run: async () => ({}) })) })
    options.store[of] = async () => Promise.reject(new StoreUnavailable(1000))
    expect(await sendTo(options, {})).toMatchObject({
      status: 503,
      body: {
        Code: 'ServiceUnavailable',
        Message: 'The request has failed due to a temporary failure of the server.',
      },
    })
  },
)

describe('parameters and access', () => {
  test('a parameter that the table does not know is the front door’s matter, before access', async () => {
    const missing = await send({ RegionId: undefined, SmartAGId: '' }, {}, deny)
    expect(missing).toMatchObject({
      status: 400,
      body: { Code: 'MissingRegionId', Message: 'RegionId is mandatory for this action.' },
    })
    const invalid = await send({ PageSize: '51', SmartAGId: '' }, {}, deny)
    expect(invalid).toMatchObject({
      status: 400,
      body: { Code: 'InvalidPageSize', Message: 'Specified parameter PageSize is not valid.' },
    })
  })

  test('an unknown region is answered for every operation, before access', async () => {
    expect(await send({ RegionId: 'mars-1', SmartAGId: '' }, {}, deny)).toMatchObject({
      status: 400,
      body: { Code: 'InvalidRegionID', Message: 'The specified regionId does not exist.' },
    })
  })

  test('what the table has above Forbidden comes before access, what it has below after it', async () => {
    expect((await send({ SmartAGId: '' }, {}, deny)).body.Code).toBe('MissingParam.Early')
    expect((await send({ Password: 'short' }, {}, deny)).body.Code).toBe('Forbidden')
    expect((await send({ Password: 'short' })).body.Code).toBe('IllegalParam.Late')
  })

  test('access denied is Forbidden.RAM where the table has no Forbidden', async () => {
    const open = operation({
      name: 'ModifyThing',
      family: 'test',
      about: { en: 'Test.', zh: '测试。' },
      source: 'test',
      access: { action: 'smartag:ModifyThing', level: 'Write', resource: '*', dependent: [] },
      transaction: 'read',
      params: {},
      errors: {},
      result: {},
      run: async () => ({}),
    })
    const { status, body } = await send({}, {}, { ...deny, apis: apisOf(open) })
    expect({ status, code: body.Code }).toEqual({ status: 403, code: 'Forbidden.RAM' })
  })

  test('it tells why, in JSON and in XML', async () => {
    const { status, body } = await send({}, {}, deny)
    expect({ status, code: body.Code }).toEqual({ status: 403, code: 'Forbidden' })
    expect(body.AccessDeniedDetail).toEqual(denied)
    const options = doorOptions({ apis: apisOf(guarded()), ...deny })
    const target = `/?${urlencoded(signV1(key, { ...good, Format: 'XML' }, { now }))}`
    const request = { method: 'POST', target, headers: {}, distinct: () => ({}), body: Buffer.alloc(0), secure: false }
    const { payload } = await dispatch({ ...request, source: undefined }, options, defaultLimits)
    expect(new XMLParser().parse(payload)).toMatchObject({
      Error: {
        Code: 'Forbidden',
        AccessDeniedDetail: { AuthAction: 'smartag:ModifyThing', NoPermissionType: 'ImplicitDeny' },
      },
    })
  })

  test('it is NoPermission where RAM or STS is asked', async () => {
    for (const service of ['ram', 'sts']) {
      const access = { action: `${service}:ModifyThing`, level: 'Write', resource: '*', dependent: [] } as const
      const { errors: _none, ...other } = guarded()
      const options = { ...deny, apis: apisOf({ ...other, errors: {}, access }) }
      expect(await send({}, {}, options)).toMatchObject({
        status: 403,
        body: { Code: 'NoPermission', Message: 'You are not authorized to do this action.' },
      })
    }
  })

  test('who asks, with what rights, from where and when is what it is decided by', async () => {
    const questions: AccessQuestion[] = []
    const authorise = (question: AccessQuestion) => void questions.push(question)
    await send({}, {}, { authorise })
    expect(questions).toMatchObject([
      {
        caller: { accountId: '1234567890123456' },
        rights: { epoch: 0 },
        operation: { name: 'ModifyThing' },
        circumstances: { secure: false, at: now },
      },
    ])
    expect(questions[0]?.raw.get('SmartAGId')).toBe('sag-1')
  })

  test('a key that was used is noted, a request that proves nothing is not', async () => {
    const used: string[] = []
    const noteUse = (id: string) => void used.push(id)
    await send({}, {}, { noteUse })
    await send({ Signature: 'wrong' }, {}, { noteUse })
    expect(used).toEqual([key.accessKeyId])
  })

  test('the use of a session of a role is not noted: nobody is shown it', async () => {
    const used: string[] = []
    const role = { roleId: '7', roleName: 'reader', sessionName: 'night' }
    const caller = {
      kind: 'AssumedRole',
      accountId: '1234567890123456',
      accessKeyId: key.accessKeyId,
      ...role,
    } as const
    const credentials = {
      byAccessKeyId: async () => credentialOf(key, { caller }),
      byBearerToken: async () => undefined,
    }
    await send({}, {}, { noteUse: (id) => void used.push(id), credentials })
    expect(used).toEqual([])
  })
})

describe('several APIs at one front door', () => {
  const served = doorOptions({
    apis: new Map([
      ['2018-03-13', api('Smartag', '2018-03-13', [guarded()])],
      ['2015-05-01', api('Ram', '2015-05-01', [echo('GetUser')])],
    ]),
  })

  test('the version says which of them is meant', async () => {
    expect(await sendTo(served, { Action: 'GetUser', Version: '2015-05-01' })).toMatchObject({ status: 200 })
    expect(await sendTo(served, {})).toMatchObject({ status: 200 })
  })

  test('an operation of another version is not found, and a version that no API has is not valid', async () => {
    const elsewhere = await sendTo(served, { Action: 'GetUser' })
    expect(elsewhere).toMatchObject({ status: 404, body: { Code: 'InvalidAction.NotFound' } })
    const nowhere = await sendTo(served, { Action: 'GetUser', Version: '2014-05-26' })
    expect(nowhere).toMatchObject({ status: 400, body: { Code: 'InvalidVersion' } })
  })
})

describe('running', () => {
  test('answers the result and a request id', async () => {
    const { status, body } = await send({}, { run: async () => ({ Said: 'yes' }) })
    expect(status).toBe(200)
    expect(body).toEqual({
      Said: 'yes',
      RequestId: expect.stringMatching(/^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/),
    })
  })

  test('nothing is done to a gateway before a crash can no longer forget the nonce', async () => {
    for (const transaction of ['device', 'write'] as const) {
      let ran = false
      const run = async (): Promise<Nothing> => {
        ran = true
        return {}
      }
      const options = doorOptions({ apis: apisOf(guarded({ transaction, run })) })
      options.store.durability = async () => {
        throw new Error('disk full')
      }
      const { body } = await sendTo(options, {})
      expect(body).toMatchObject({ Code: 'InternalError' })
      // What only writes shares the commit that failed.
      expect(ran).toBe(transaction === 'write')
    }
  })

  test.each(['sag.example/evil', 'sag.example?x', 'a b', '', 'sag.example:99999x', '<script>'])(
    'an answer never leads to a host that is none: %j',
    async (host) => {
      const options = doorOptions({ apis: apisOf(guarded()), endpoint: 'smartag.example:7240', ...deny })
      const target = `/?${urlencoded(signV1(key, good, { now }))}`
      const request = { method: 'POST', target, headers: { host }, distinct: () => ({}), body: Buffer.alloc(0) }
      const { payload } = await dispatch({ ...request, secure: false, source: undefined }, options, defaultLimits)
      expect(JSON.parse(payload)).toMatchObject({
        HostId: 'smartag.example',
        Recommend: 'http://smartag.example:7240/errors/Forbidden',
      })
    },
  )

  test('what was sent before is not run a second time', async () => {
    let runs = 0
    const options = doorOptions({
      apis: apisOf(
        guarded({
          run: async () => {
            runs += 1
            return {}
          },
        }),
      ),
    })
    const given = { SignatureNonce: 'the same' }
    expect(await sendTo(options, given)).toMatchObject({ status: 200 })
    expect(await sendTo(options, given)).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } })
    expect(runs).toBe(1)
  })

  test('gives the operation its own clock, caller, request id and a fleet for its kind of transaction', async () => {
    for (const transaction of ['read', 'write', 'device'] as const) {
      const contexts: OperationContext[] = []
      const run = async (context: OperationContext): Promise<Nothing> => {
        contexts.push(context)
        return {}
      }
      const { body } = await send({}, { transaction, run }, { businessClock: () => 42 })
      expect(contexts).toMatchObject([
        {
          now: 42,
          requestId: body.RequestId,
          caller: { accountId: '1234567890123456' },
          endpoint: 'sag.example:7240',
          circumstances: { secure: false, at: now },
        },
      ])
      // Outside a unit of work there is nothing an operation could change half-way.
      const reach = (): unknown => contexts[0]?.networks.constructor
      if (transaction === 'device') expect(reach).toThrow(/only inside a unit of work/)
      else expect(reach()).toBe(Networks)
    }
  })

  test('a refusal is answered with the status and text of the operation’s table', async () => {
    const declared = guarded()
    const run = async (): Promise<Nothing> => {
      throw declared.refusal('SAG.State')
    }
    const { status, body } = await send({}, { run })
    expect({ status, body }).toMatchObject({ status: 500, body: { Code: 'SAG.State', Message: 'The state says so.' } })
  })

  test('anything else is InternalError for the caller and a line with its cause for the log', async () => {
    const { status, body, options } = await send({ Password: password }, { run: failing })
    expect({ status, code: body.Code, message: body.Message }).toEqual({
      status: 500,
      code: 'InternalError',
      message: 'The request processing has failed due to some unknown error.',
    })
    expect(options.logged.join('')).toContain('disk gone')
    expect(options.logged.join('')).toContain(body.RequestId)
  })

  test('the operation’s own row of InternalError wins', async () => {
    const { status, body } = await send({}, { run: failing, withInternalError: true })
    expect({ status, message: body.Message }).toEqual({ status: 403, message: 'An internal server error occurred.' })
  })

  test('no parameter gets into the log, whatever happens', async () => {
    const logs = [
      await send({ Password: password }),
      await send({ Password: password }, { run: failing }),
      await send({ Password: password }, {}, deny),
      await send({ Password: password, SignatureNonce: undefined }),
      await send({ Password: password, AccessKeyId: 'unknown' }),
      await send({ Password: password }, {}, { credentials: { byAccessKeyId: failing, byBearerToken: failing } }),
    ].map(({ options }) => options.logged.join(''))
    expect(logs.join('')).not.toContain(password)
    expect(logs[2]).toContain('acs:smartag:cn-shanghai:1234567890123456:smartag/sag-1')
  })
})

describe('the audit trail', () => {
  const trail = async (given: Given, behaviour: Behaviour = {}, more: Partial<FrontDoorOptions> = {}) =>
    (await send(given, behaviour, more)).options.store.recorded

  test('has every call that reached an operation, done, refused, denied or failed', async () => {
    const refused = guarded()
    for (const transaction of ['read', 'write', 'device'] as const) {
      const outcomes = [
        await trail({}, { transaction }),
        await trail({ SmartAGId: '' }, { transaction }),
        await trail({}, { transaction }, deny),
        await trail({}, { transaction, run: () => Promise.reject(refused.refusal('SAG.State')) }),
        await trail({}, { transaction, run: failing }),
      ].map((recorded) => recorded.map(({ outcome }) => outcome))
      expect(outcomes).toEqual([[undefined], ['MissingParam.Early'], ['Forbidden'], ['SAG.State'], ['InternalError']])
    }
  })

  test.each([
    ['opensag-cli', 'cli'],
    ['opensag-cli/0.2', 'cli'],
    ['curl/8 opensag-cli', undefined],
    [undefined, undefined],
  ])('a client that says it is %s is recorded as %s', async (agent, through) => {
    const options = doorOptions({ apis: apisOf(guarded()) })
    await sendTo(options, {}, key, agent === undefined ? {} : { 'user-agent': agent })
    expect(options.store.recorded).toMatchObject([{ action: 'ModifyThing', through }])
  })

  test('says who asked what of what, from where and when', async () => {
    expect(await trail({})).toEqual([
      {
        at: now,
        accountId: '1234567890123456',
        principal: 'acs:ram::1234567890123456:root',
        principalId: '1234567890123456',
        accessKeyId: key.accessKeyId,
        source: 'unknown',
        product: 'Smartag',
        action: 'ModifyThing',
        level: 'Write',
        regionId: 'cn-shanghai',
        resources: ['acs:smartag:cn-shanghai:1234567890123456:smartag/sag-1'],
        outcome: undefined,
        requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
        details: expect.any(String),
      },
    ])
  })

  test('has nothing of who proved nothing', async () => {
    expect(await trail({ Signature: 'wrong' })).toEqual([])
    expect(await trail({ Action: 'Unknown' })).toEqual([])
  })

  test('has the declared parameters that are not secret, of a call that was refused or denied too', async () => {
    const asked = { Password: password, PageSize: '9', Undeclared: 'x', 'SmartAGId.1': 'y', 'Password.1': password }
    for (const more of [{}, { authorise: () => denied }]) {
      const recorded = await trail(asked, {}, more)
      expect(JSON.stringify(recorded)).not.toContain(password)
      const sent = recorded.map(({ details }) => readDetails(details).parameters)
      expect(sent).toEqual([{ RegionId: 'cn-shanghai', SmartAGId: 'sag-1', PageSize: '9' }])
    }
  })

  test('no answer goes before its record: a trail that cannot be written is a failed call', async () => {
    for (const transaction of ['read', 'device'] as const) {
      const run = transaction === 'device' ? failing : undefined
      const options = doorOptions({ apis: apisOf(guarded({ transaction, ...(run && { run }) })) })
      options.store.record = () => Promise.reject(new Error('disk full'))
      expect((await sendTo(options, {})).body.Code).toBe('InternalError')
    }
  })

  test('what was done to a gateway is no failed call because of it: the answer waits until it is recorded', async () => {
    const time = createManualTime()
    const options = doorOptions({ apis: apisOf(guarded({ transaction: 'device' })), timers: time.timers })
    const { record } = options.store
    let attempts = 0
    options.store.record = (entry) => (++attempts < 3 ? Promise.reject(new Error('disk full')) : record(entry))
    let answered = false
    const answer = sendTo(options, {}).then((value) => {
      answered = true
      return value
    })
    for (const attempt of [1, 2]) {
      while (time.pending() === 0) await new Promise((resolve) => setImmediate(resolve))
      expect([attempts, answered]).toEqual([attempt, false])
      time.advance(1000)
    }
    expect((await answer).body.Code).toBeUndefined()
    expect(options.store.recorded).toHaveLength(1)
    expect(options.logged.join('')).toContain('disk full')
  })
})

describe('a request that does not prove who sent it', () => {
  async function failures(
    given: Given,
    more: Partial<FrontDoorOptions> = {},
    client: ClientKey = key,
  ): Promise<readonly Failure[]> {
    const noted: Failure[] = []
    const options = doorOptions({
      apis: apisOf(guarded()),
      noteFailure: (failure) => void noted.push(failure),
      ...more,
    })
    await sendTo(options, given, client)
    return noted
  }
  const unproved = { action: 'AuthenticateCall', accessKeyId: key.accessKeyId, source: undefined }
  const claimed = { kind: 'Account', accountId: '1234567890123456', accessKeyId: key.accessKeyId }

  test('is counted with its key, its source and its reason, and whose key it is when there is such a key', async () => {
    expect(await failures({}, {}, { ...key, secret: 'wrong' })).toEqual([
      { ...unproved, reason: 'SignatureDoesNotMatch', claimed },
    ])
    expect(await failures({}, { credentials: sourceOf() })).toEqual([
      { ...unproved, reason: 'InvalidAccessKeyId.NotFound', claimed: undefined },
    ])
    const credentials = sourceOf(credentialOf(key, { status: 'Inactive' }))
    expect(await failures({}, { credentials })).toEqual([
      { ...unproved, reason: 'InvalidAccessKeyId.Inactive', claimed },
    ])
    expect(await failures({ Timestamp: '2020-01-01T00:00:00Z' })).toMatchObject([
      { reason: 'InvalidTimeStamp.Expired' },
    ])
  })

  test('is counted when it was sent before', async () => {
    const noted: Failure[] = []
    const options = doorOptions({ apis: apisOf(guarded()), noteFailure: (failure) => void noted.push(failure) })
    const given = { SignatureNonce: 'one' }
    await sendTo(options, given)
    expect(noted).toEqual([])
    expect((await sendTo(options, given)).body.Code).toBe('SignatureNonceUsed')
    expect(noted).toEqual([{ ...unproved, reason: 'SignatureNonceUsed', claimed }])
  })

  test('is no failed authentication when nothing in it claims to be somebody, or when it is only denied', async () => {
    expect(await failures({ AccessKeyId: undefined })).toEqual([])
    expect(await failures({}, deny)).toEqual([])
    expect(await failures({ SmartAGId: '' })).toEqual([])
  })
})

describe('while the disk is almost full', () => {
  const low = { refusesWrites: () => true }

  test.each(['write', 'device'] as const)(
    'a call of kind %s is refused before it does anything, and recorded',
    async (transaction) => {
      let ran = false
      const run = async (): Promise<Nothing> => {
        ran = true
        return {}
      }
      const { status, body, options } = await send({}, { transaction, run }, low)
      expect([status, body.Code, ran]).toEqual([503, 'ServiceUnavailable', false])
      expect(options.store.recorded.map(({ outcome }) => outcome)).toEqual(['ServiceUnavailable'])
    },
  )

  test('a read is answered', async () => {
    expect((await send({}, { transaction: 'read' }, low)).status).toBe(200)
  })

  test('what is wrong with a call, and that it is denied, is told first', async () => {
    expect((await send({ SmartAGId: '' }, {}, low)).body.Code).toBe('MissingParam.Early')
    const authorise: FrontDoorOptions['authorise'] = () => ({}) as AccessDenied
    expect((await send({}, {}, { ...low, authorise })).body.Code).toBe('Forbidden')
  })

  test('a session can be begun, to read with', async () => {
    for (const { name, transaction } of [assumeRole, createConsoleSession]) {
      const options = doorOptions({ apis: apisOf({ ...echo(name), transaction }), ...low })
      expect([transaction, (await sendTo(options, { Action: name })).status]).toEqual(['write', 200])
    }
  })
})

describe('an answer', () => {
  test('leaves only when its nonce cannot be forgotten any more, be it a success or a refusal', async () => {
    for (const given of [{}, { Password: 'short' }]) {
      const options = doorOptions({ apis: apisOf(guarded()) })
      let written = (): void => {}
      options.store.durability = () => new Promise((resolve) => (written = resolve))
      let answered = false
      const answer = sendTo(options, given).then((value) => {
        answered = true
        return value
      })
      await new Promise((resolve) => setImmediate(resolve))
      expect(answered).toBe(false)
      written()
      expect((await answer).body.RequestId).toBeDefined()
    }
  })

  test('is InternalError when the nonce could not be written', async () => {
    const options = doorOptions({ apis: apisOf(guarded()) })
    options.store.durability = () => Promise.reject(new Error('disk full'))
    expect((await sendTo(options, {})).body.Code).toBe('InternalError')
    expect(options.logged.join('')).toContain('disk full')
  })
})

describe('calls', () => {
  /** What a watch hears, in order. */
  function watched() {
    const heard: unknown[] = []
    const calls: FrontDoorOptions['calls'] = {
      began: () => void heard.push('began'),
      ended: (operation, code, tookMs) => void heard.push([operation?.name, code, typeof tookMs]),
      refused: (code) => void heard.push(['refused', code]),
    }
    return { heard, calls }
  }

  test('are heard of by a watch, with operation and code, as far as these are known', async () => {
    for (const [given, ended] of [
      [{}, ['ModifyThing', undefined]],
      [{ Password: 'short' }, ['ModifyThing', 'IllegalParam.Late']],
      [{ AccessKeyId: 'LTAI5tNobody' }, ['ModifyThing', 'InvalidAccessKeyId.NotFound']],
      [{ Action: 'Nothing' }, [undefined, 'InvalidAction.NotFound']],
    ] as const) {
      const { heard, calls } = watched()
      await sendTo(doorOptions({ apis: apisOf(guarded()), calls }), given)
      expect(heard).toEqual(['began', [...ended, 'number']])
    }
  })

  test('have a line in the log with request, operation, account and, where it was refused, code', async () => {
    const lineOf = async (given: Given): Promise<Record<string, unknown>> => {
      const options = doorOptions({ apis: apisOf(guarded()) })
      const { body } = await sendTo(options, given)
      const line = options.logged.map((text) => JSON.parse(text)).find(({ msg }) => /^(answered|refused)$/.test(msg))
      expect(line.requestId).toBe(body['RequestId'])
      return line
    }
    const account = '1234567890123456'
    expect(await lineOf({})).toMatchObject({ msg: 'answered', action: 'ModifyThing', account })
    expect(await lineOf({ Password: 'short' })).toMatchObject({ msg: 'refused', account, code: 'IllegalParam.Late' })
    // Nobody has proved to be it.
    expect(await lineOf({ AccessKeyId: 'LTAI5tNobody' })).not.toHaveProperty('account')
  })
})
