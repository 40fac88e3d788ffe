import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '../../packages/server/src/apis/registry.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
} from '../../packages/server/src/apis/testing/harness.suite.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { type AccessDoor, keyOf, openDoor, type Reply } from './door.ts'
import { addPerson, document, type Household, type Kind, settle, type Things } from './household.ts'
import { kindOf, requestAbout, wireName } from './naming.ts'
import { tellingRatio } from './timing.ts'

/** Things of the same form as those of the households, which nobody has. */
const nowhere: Things = {
  account: '1999999999999999',
  instance: 'sag-aaaaaaaaaaaaaa0000',
  app: 'sag-bbbbbbbbbbbbbb0000',
  device: 'sag70000000',
  ccn: 'ccn-test000000',
  cen: 'cen-cccccccccccccc0000',
  vbr: 'vbr-test000000',
  snat: 'snat-test000000',
  dnat: 'fwd-test000000',
  acl: 'acl-test000000',
  aclRule: 'acr-test000000',
  qos: 'qos-test000000',
  qosCar: 'qoscar-test000000',
  qosPolicy: 'qospy-test000000',
  flowLog: 'fl-test000000',
  alert: 'alert-test000000',
  alertChannel: 'ac-test000000',
  alertRule: 'ar-test000000',
  healthCheck: 'hc-test000000',
  probeTask: 'probe-test000000',
  applicationPackage: 'abwp-test000000',
  clientUser: 'remote0000',
  job: 'job-jjjjjjjjjjjjjj0000',
  user: 'user0000',
  group: 'group0000',
  role: 'role0000',
  roleArn: `acs:ram::${otherAccountId}:role/role0000`,
  policy: 'policy0000',
  accessKey: 'LTAI5tNobodyHasThisKey01',
  mfaDevice: `acs:ram::${otherAccountId}:mfa/none`,
  consoleSession: 'STS.NobodyHasThisSession01',
  securityKey: 'sk-nobodyhasthiskey00',
}

interface Guess {
  readonly api: Api
  readonly own: Operation
  readonly param: string
  readonly kind: Kind
}

const guesses: readonly Guess[] = [...apis.values()].flatMap((api) =>
  [...api.operations.values()].flatMap((own) =>
    Object.keys(own.params).flatMap((param): readonly Guess[] => {
      const kind = kindOf(api, own, param)
      return kind === undefined ? [] : [{ api, own, param, kind }]
    }),
  ),
)

interface Place {
  readonly world: Harness
  readonly door: AccessDoor
  readonly mine: Household
  readonly theirs: Household
  readonly root: ClientKey
  readonly nobody: ClientKey
  /** May do everything. */
  readonly all: ClientKey
}

async function openPlace(): Promise<Place> {
  const world = await openHarness()
  const sealer = createSealer(randomBytes(32))
  const mine = await settle(world, sealer)
  const theirs = await settle(world, sealer, otherAccountId)
  const nobody = keyOf(await addPerson(world, sealer, accountId, 'nobody'))
  const all = keyOf(await addPerson(world, sealer, accountId, 'all', document('Allow', '*', '*')))
  return { world, door: openDoor(world, sealer), mine, theirs, root: keyOf(mine.root), nobody, all }
}

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.world.close())

function ask({ api, own, param }: Guess, value: string, key: ClientKey): Promise<Reply> {
  const request = { ...requestAbout(api, own, place.mine.things, [param]), [wireName(own, param)]: value }
  return place.door.call(api, own, request, key)
}

/** The answer without what differs from one call to the next, and with the guessed name made the same. */
function shown({ status, payload }: Reply, guessed: string): string {
  const text = payload
    .replace(/"(RequestId|EncodedDiagnosticMessage)":"[^"]*"/g, '"$1":"…"')
    // Of what was made.
    .replace(/"(\w+Id|AccessKeySecret)":"(\d{18}|(?:g|sg[a-z])-\w+|LTAI5t\w{18}|\w{30})"/g, '"$1":"…"')
    .replaceAll(guessed, 'guessed')
    .replaceAll(encodeURIComponent(guessed), 'guessed')
  return `${status} ${text}`
}

/**
 * What the published API itself gives away: these operations document one code for what is not there and another for what
 * belongs to somebody else (`Forbidden`; a serial number that is bound elsewhere), and both are answered as documented.
 * Nothing but the code differs.
 */
const published: Readonly<Record<string, string>> = {
  'AddDnatEntry SagId': 'Forbidden',
  'AssociateACL SmartAGId': 'Forbidden',
  'BindSerialNumber SerialNumber': 'SAG.SnConflict',
  'BindSmartAccessGateway CcnId': 'Forbidden',
  'BindSmartAccessGateway SmartAGId': 'Forbidden',
  'BindVbr SmartAGId': 'Forbidden',
  'DeleteCloudConnectNetwork CcnId': 'Forbidden',
  'DeleteDnatEntry SagId': 'Forbidden',
  'DescribeDnatEntries SagId': 'Forbidden',
  'DescribeSmartAccessGatewayVersions SmartAGId': 'Forbidden',
  'DisableSmartAccessGatewayUser SmartAGId': 'Forbidden',
  'DisassociateACL SmartAGId': 'Forbidden',
  'EnableSmartAccessGatewayUser SmartAGId': 'Forbidden',
  'ModifyCloudConnectNetwork CcnId': 'Forbidden',
  'ModifySmartAccessGateway SmartAGId': 'Forbidden',
  'UnbindSmartAccessGateway SmartAGId': 'Forbidden',
  'UnbindVbr SmartAGId': 'Forbidden',
  'UnlockSmartAccessGateway SmartAGId': 'Forbidden',
  'UpdateSmartAccessGatewayAdminPassword SagSn': 'DeviceNotExist',
  'AddSmartAccessGatewayDnsForward SagSn': 'DeviceNotExist',
  'DeleteSmartAccessGatewayDnsForward SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayBgpRoute SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayDns SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayDnsForward SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayGlobalRouteProtocol SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayOspfRoute SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayPortRouteProtocol SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayWanSnat SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayBgpRoute SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayDns SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayDnsForwards SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayGlobalRouteProtocol SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayOspfRoute SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayPortRouteProtocol SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayRoutes SagSn': 'DeviceNotExist',
  'ViewSmartAccessGatewayWanSnat SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayVersion SmartAGId': 'Forbidden',
}

const titleOf = ({ own, param }: Guess): string => `${own.name} ${param}`
const silent = guesses.filter((guess) => published[titleOf(guess)] === undefined)

describe.each(['the account itself', 'a user who may do everything'] as const)('a name that %s guesses', (who) => {
  const key = (): ClientKey => (who === 'the account itself' ? place.root : place.all)

  test.each(silent.map((guess) => [titleOf(guess), guess] as const))(
    'in %s: what another account has is answered as what nobody has',
    async (_, guess) => {
      const taken = place.theirs.things[guess.kind]
      const free = nowhere[guess.kind]
      expect(shown(await ask(guess, taken, key()), taken)).toBe(shown(await ask(guess, free, key()), free))
    },
  )

  test.each(
    guesses.filter((guess) => published[titleOf(guess)] !== undefined).map((guess) => [titleOf(guess), guess] as const),
  )(
    'in %s: what another account has is answered with the code that is published for it, and no more',
    async (title, guess) => {
      const taken = await ask(guess, place.theirs.things[guess.kind], key())
      const code = published[title] ?? ''
      const [status, message] = guess.own.errors[code] ?? []
      expect(taken).toMatchObject({ status, body: { Code: code, Message: message } })
      expect(Object.keys(taken.body).sort()).toEqual(['Code', 'HostId', 'Message', 'Recommend', 'RequestId'])
    },
  )
})

describe('a name that is guessed', () => {
  test('is in no exception that is none', () => {
    const known = new Set(guesses.map(titleOf))
    expect(Object.keys(published).filter((title) => !known.has(title))).toEqual([])
  })

  const closed = guesses.filter(({ own }) => own.access.open !== true)
  test.each(closed.map((guess) => [titleOf(guess), guess] as const))(
    'in %s by a user who may not call it: what is there is answered as what is not',
    async (_, guess) => {
      // The own account's id is in every denial.
      const there = guess.kind === 'account' ? place.theirs : place.mine
      const taken = there.things[guess.kind]
      const free = nowhere[guess.kind]
      expect(shown(await ask(guess, taken, place.nobody), taken)).toBe(
        shown(await ask(guess, free, place.nobody), free),
      )
    },
  )
})

/** One guess of each kind of thing, of those that read and of those that write. */
const timed: readonly Guess[] = silent.filter((guess, index) => {
  const group = ({ kind, own }: Guess): string => `${kind} ${own.transaction}`
  return silent.findIndex((other) => group(other) === group(guess)) === index
})

test.each(timed.map((guess) => [titleOf(guess), guess] as const))(
  'the time does not tell what another account has from what nobody has: %s',
  async (_, guess) => {
    const taken = (): Promise<Reply> => ask(guess, place.theirs.things[guess.kind], place.root)
    const free = (): Promise<Reply> => ask(guess, nowhere[guess.kind], place.root)
    expect(await tellingRatio(21, taken, free)).toBeUndefined()
  },
)

describe('a role of another account', () => {
  const assume: Guess | undefined = guesses.find(({ own }) => own.name === 'AssumeRole')
  const roles = [
    ['of an account that has no such role', nowhere.roleArn],
    ['of an account that is not there', `acs:ram::${nowhere.account}:role/role0000`],
  ] as const

  async function asked(roleArn: string): Promise<Reply> {
    if (assume === undefined) throw new Error('AssumeRole is not there.')
    return ask(assume, roleArn, place.all)
  }

  test.each(roles)('that trusts others only is answered as one %s', async (_, free) => {
    const taken = place.theirs.things.roleArn
    const reply = await asked(taken)
    expect(reply).toMatchObject({ status: 403, body: { Code: 'NoPermission' } })
    expect(shown(reply, taken)).toBe(shown(await asked(free), free))
    expect(
      await tellingRatio(
        21,
        () => asked(taken),
        () => asked(free),
      ),
    ).toBeUndefined()
  })
})
