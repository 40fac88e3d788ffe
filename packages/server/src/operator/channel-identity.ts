import { z } from 'zod'
import { type Following, followingOf, type PublicServerKeys } from '../model/server-succession.ts'
import { countPinned, serialsPinning } from '../store/gateways/server-keys.ts'
import { command, type OperatorContext, OperatorRefusal } from './command.ts'

/** Serial numbers that an answer or a refusal names. */
const mostNamed = 20

/** The keys of the server, and how many enrolled gateways follow them. */
interface Succession extends Readonly<Record<Following, number>> {
  readonly key: string
  readonly nextKey: string | null
  /** The first of the gateways that are not ready, with why. */
  readonly notReady: readonly string[]
}

export const channelIdentityShow = command({
  name: 'channel-identity show',
  about:
    'Show the key by which gateways know this server, its prepared successor, and how many gateways hold it: ready; waiting for their next connection; unknown, with a program that has not said so; other, holding a key this server does not have.',
  input: z.object({}),
  run: successionOf,
})

export const channelIdentityPrepare = command({
  name: 'channel-identity prepare',
  about:
    'Make the next key of the server, signed by the present one, and have every gateway pin it beside that. Make a backup afterwards: one from before does not hold the next key.',
  input: z.object({}),
  async run(context) {
    await context.channelIdentity.prepare()
    return successionOf(context)
  },
})

export const channelIdentitySwitch = command({
  name: 'channel-identity switch',
  about:
    'Make the prepared key the key of the server and forget the private half of the old one. Refused while a gateway does not hold the prepared key.',
  input: z.object({
    force: z
      .boolean()
      .default(false)
      .describe(
        'Switch although gateways do not hold the prepared key: they follow at their next connection, or enrol again',
      ),
  }),
  async run(context, { force }) {
    const { nextKey, ready, waiting, unknown, other, notReady } = await successionOf(context)
    if (nextKey === null) throw new OperatorRefusal('There is no next key: channel-identity prepare makes one.')
    const missing = waiting + unknown + other
    if (missing > 0 && !force) {
      const more = missing > notReady.length ? ` and ${missing - notReady.length} more` : ''
      throw new OperatorRefusal(
        `${missing} of ${missing + ready} gateways do not hold the next key: ${notReady.join(', ')}${more}. Those that are waiting or unknown follow at their next connection if their program knows successors; the others have to enrol again. --force switches all the same.`,
      )
    }
    await context.channelIdentity.switch()
    return successionOf(context)
  },
})

async function successionOf({
  store,
  channelIdentity,
}: Pick<OperatorContext, 'store' | 'channelIdentity'>): Promise<Succession> {
  const { present, next, chain } = channelIdentity.keys
  const keys: PublicServerKeys = { present: present.publicKey, next: next?.publicKey, chain }
  return store.read(async (db) => {
    const counts: Record<Following, number> = { ready: 0, waiting: 0, unknown: 0, other: 0 }
    const notReady: string[] = []
    for (const { gateways, ...pinned } of await countPinned(db)) {
      const following = followingOf(keys, pinned)
      counts[following] += gateways
      if (following === 'ready' || notReady.length >= mostNamed) continue
      const serials = await serialsPinning(db, pinned, mostNamed - notReady.length)
      notReady.push(...serials.map((serial) => `${serial} (${following})`))
    }
    return { key: keys.present, nextKey: keys.next ?? null, ...counts, notReady }
  })
}
