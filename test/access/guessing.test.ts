import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '../../packages/server/src/apis.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
} from '../../packages/server/src/operations/testing/harness.suite.ts'
import { createSealer } from '../../packages/server/src/ram/sealing.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { type AccessDoor, keyOf, openDoor, type Reply } from './door.ts'
import { addPerson, type Household, type Kind, settle, type Things } from './household.ts'
import { kindOf, requestAbout, wireName } from './naming.ts'

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
  clientUser: 'remote0000',
  user: 'user0000',
  group: 'group0000',
  role: 'role0000',
  roleArn: `acs:ram::${otherAccountId}:role/role0000`,
  policy: 'policy0000',
  accessKey: 'LTAI5tNobodyHasThisKey01',
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
}

async function openPlace(): Promise<Place> {
  const world = await openHarness()
  const sealer = createSealer(randomBytes(32))
  const mine = await settle(world, sealer)
  const theirs = await settle(world, sealer, otherAccountId)
  const nobody = keyOf(await addPerson(world, sealer, accountId, 'nobody'))
  return { world, door: openDoor(world, sealer), mine, theirs, root: keyOf(mine.root), nobody }
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
    .replace(/"(\w+Id|AccessKeySecret)":"(\d{18}|g-\w+|LTAI5t\w{18}|\w{30})"/g, '"$1":"…"')
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
  'BindSerialNumber SerialNumber': 'SAG.SnConflict',
  'BindSmartAccessGateway CcnId': 'Forbidden',
  'BindSmartAccessGateway SmartAGId': 'Forbidden',
  'BindVbr SmartAGId': 'Forbidden',
  'DeleteCloudConnectNetwork CcnId': 'Forbidden',
  'DescribeSmartAccessGatewayVersions SmartAGId': 'Forbidden',
  'DisableSmartAccessGatewayUser SmartAGId': 'Forbidden',
  'EnableSmartAccessGatewayUser SmartAGId': 'Forbidden',
  'ModifyCloudConnectNetwork CcnId': 'Forbidden',
  'ModifySmartAccessGateway SmartAGId': 'Forbidden',
  'UnbindSmartAccessGateway SmartAGId': 'Forbidden',
  'UnbindVbr SmartAGId': 'Forbidden',
  'UnlockSmartAccessGateway SmartAGId': 'Forbidden',
  'UpdateSmartAccessGatewayAdminPassword SagSn': 'DeviceNotExist',
  'UpdateSmartAccessGatewayVersion SmartAGId': 'Forbidden',
}

const titleOf = ({ own, param }: Guess): string => `${own.name} ${param}`
const silent = guesses.filter((guess) => published[titleOf(guess)] === undefined)

describe('a name that is guessed', () => {
  test.each(silent.map((guess) => [titleOf(guess), guess] as const))(
    'in %s: what another account has is answered as what nobody has',
    async (_, guess) => {
      const taken = place.theirs.things[guess.kind]
      const free = nowhere[guess.kind]
      expect(shown(await ask(guess, taken, place.root), taken)).toBe(shown(await ask(guess, free, place.root), free))
    },
  )

  test.each(
    guesses.filter((guess) => published[titleOf(guess)] !== undefined).map((guess) => [titleOf(guess), guess] as const),
  )(
    'in %s: what another account has is answered with the code that is published for it, and no more',
    async (title, guess) => {
      const taken = await ask(guess, place.theirs.things[guess.kind], place.root)
      const code = published[title] ?? ''
      const [status, message] = guess.own.errors[code] ?? []
      expect(taken).toMatchObject({ status, body: { Code: code, Message: message } })
      expect(Object.keys(taken.body).sort()).toEqual(['Code', 'HostId', 'Message', 'Recommend', 'RequestId'])
    },
  )

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

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0

/**
 * How much longer one takes than the other, as a ratio of medians. Taken in turns, so that whatever the machine does
 * meanwhile it does to both.
 */
async function ratio(samples: number, one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<number> {
  const times: readonly [number[], number[]] = [[], []]
  for (let sample = 0; sample < samples; sample++) {
    for (const [work, into] of sample % 2 === 0
      ? ([
          [one, times[0]],
          [other, times[1]],
        ] as const)
      : ([
          [other, times[1]],
          [one, times[0]],
        ] as const)) {
      const start = performance.now()
      await work()
      into.push(performance.now() - start)
    }
  }
  return median(times[0]) / median(times[1])
}

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
    const isTold = (found: number): boolean => found < 1 / 3 || found > 3
    await ratio(5, taken, free)
    const found = await ratio(21, taken, free)
    // A busy machine may upset a few samples, not many.
    expect(isTold(found) ? await ratio(151, taken, free) : found).toSatisfy((last: number) => !isTold(last))
  },
)
