import { z } from 'zod'
import { createFleet } from '../store/fleet/create-fleet.ts'
import {
  countReenrolments,
  enrolledAfter,
  findOffered,
  offerReenrolment,
  pendingReenrolments,
  reenrolmentKeyContext,
} from '../store/gateways/reenrolments.ts'
import { command, lines, type OperatorContext, OperatorRefusal } from './command.ts'
import { newReenrolmentKey, serial } from './devices.ts'

/** Gateways that get their keys in one unit of work. */
const slice = 100
const dayMs = 86_400_000
const mostNamed = 20

export const reenrolmentOffer = lines({
  name: 'reenrolment offer',
  about:
    'Make a key to enrol anew with for each of many gateways, and write them to a file that only its owner can read. The present identity of a gateway counts until it has enrolled anew. Run it again to complete a file that was cut short: keys that have not served or expired stay the same.',
  secretFile: true,
  input: z.object({
    all: z.boolean().default(false).describe('Every enrolled gateway'),
    offline: z.boolean().default(false).describe('Every enrolled gateway that is not connected'),
    serial: z.array(serial).optional().describe('These gateways, by serial number'),
    days: z.coerce.number().int().min(1).max(90).default(7).describe('Days after which an unused key expires'),
  }),
  run(context, { all, offline, serial: serials, days }) {
    if ([all, offline, serials !== undefined].filter(Boolean).length !== 1) {
      throw new OperatorRefusal('Give one of --all, --offline and --serial.')
    }
    return offers(context, serials, offline, days * dayMs)
  },
})

async function* offers(
  context: OperatorContext,
  serials: readonly string[] | undefined,
  offline: boolean,
  forMs: number,
): AsyncGenerator<object> {
  if (serials !== undefined) {
    yield* await offerEach(context, serials, forMs)
    return
  }
  for (let after = ''; ; ) {
    const from = after
    const next = await context.store.read((db) => enrolledAfter(db, { after: from, offline, limit: slice }))
    yield* await offerEach(context, next, forMs)
    if (next.length < slice) return
    after = next.at(-1) ?? ''
  }
}

/** In one unit of work: a file never names a key that the store lacks. */
async function offerEach(
  { store, sealer, random, wallClock }: OperatorContext,
  serials: readonly string[],
  forMs: number,
): Promise<readonly object[]> {
  const at = wallClock()
  return store.write(async (tx) => {
    const offered: object[] = []
    for (const one of serials) {
      if (!(await createFleet(tx).device(one))) {
        // The answer has begun: the others get theirs.
        offered.push({ serial: one, error: 'It is not in the inventory.' })
        continue
      }
      const found = await findOffered(tx, one)
      const isOpen = found !== undefined && found.until > at
      const until = isOpen ? found.until : at + forMs
      const key = isOpen ? sealer.open(found.keySealed, reenrolmentKeyContext(one)) : newReenrolmentKey(random)
      if (!isOpen) await offerReenrolment(tx, sealer, { serial: one, key, at, until })
      offered.push({ serial: one, enrolmentKey: key.reveal(), until: new Date(until).toISOString() })
    }
    return offered
  })
}

export const reenrolmentShow = command({
  name: 'reenrolment show',
  about: 'Show how many gateways have a key to enrol anew with that has not served, has expired, or has served.',
  input: z.object({}),
  run: ({ store, wallClock }) =>
    store.read(async (db) => ({
      ...(await countReenrolments(db, wallClock())),
      notDone: await pendingReenrolments(db, mostNamed),
    })),
})
