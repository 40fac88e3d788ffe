import type { WallClock } from '@opensag/protocol'
import { endOfNewest, type ListedSa, listedSas, rekeyed } from './sa-list.ts'
import type { Sa } from './tunnel-plan.ts'
import type { Vici } from './vici.ts'
import type { ReadSection } from './vici-codec.ts'

/** The SAs of one charon, as it tells of them: read again whenever an event says that those of a tunnel have changed. */
export interface Sas {
  all(): readonly Sa[]
  /** An event that may have changed the SAs of the tunnels in it. */
  heard(event: string, message: ReadSection): void
  /** Those of a tunnel may have changed; without a name: of any. */
  doubt(tunnel?: string): void
  /** Reads what may have changed. `leaf`: which of our certificates new ones were proved with. */
  read(vici: Vici, leaf: number, identityOf: (tunnel: string) => string | undefined): Promise<void>
}

/** Events of charon after which SAs are not what they were. */
export const saEvents = ['ike-updown', 'child-updown', 'ike-rekey'] as const

/** So many tunnels are asked for one by one; more at once. */
const fewTunnels = 32
/** The longest life of a certificate: charon keeps some thirty of those it has seen. */
const longestLifeMs = 86_400_000

export function createSas(wallClock: WallClock): Sas {
  const known = new Map<string, Sa>()
  let changed = new Set<string>()
  let isDoubtful = true

  async function list(vici: Vici, names: ReadonlySet<string> | undefined): Promise<readonly ListedSa[]> {
    const events: ReadSection[] = []
    if (names === undefined) events.push(...(await vici.list('list-sas', 'list-sa')))
    else for (const ike of names) events.push(...(await vici.list('list-sas', 'list-sa', { ike })))
    return events.flatMap(listedSas).filter(({ isEstablished }) => isEstablished)
  }

  async function endOf(vici: Vici, identity: string): Promise<number> {
    const certificates = await vici.list('list-certs', 'list-cert', { type: 'x509', flag: 'NONE', subject: identity })
    return endOfNewest(certificates, identity) ?? wallClock() + longestLifeMs
  }

  return {
    all: () => [...known.values()],
    heard(event, message) {
      for (const [name, value] of message) if (value instanceof Map) changed.add(name)
      if (event !== 'ike-rekey') return
      // New keys were agreed on without a look at a certificate: the old one counts.
      for (const { before, after } of rekeyed(message)) {
        const sa = known.get(before)
        if (sa !== undefined) known.set(after, { ...sa, id: after })
      }
    },
    doubt(tunnel) {
      if (tunnel === undefined) isDoubtful = true
      else changed.add(tunnel)
    },
    async read(vici, leaf, identityOf) {
      const names = isDoubtful || changed.size > fewTunnels ? undefined : changed
      if (names?.size === 0) return
      changed = new Set()
      isDoubtful = false
      try {
        const listed = await list(vici, names)
        const ids = new Set(listed.map(({ id }) => id))
        for (const { id, name } of [...known.values()])
          if ((names === undefined || names.has(name)) && !ids.has(id)) known.delete(id)
        for (const { id, name, isUp, child } of listed) {
          const before = known.get(id)
          const peerEndsAt = before?.peerEndsAt ?? (await endOf(vici, identityOf(name) ?? name))
          known.set(id, { id, name, isUp, child, peerEndsAt, leaf: before?.leaf ?? leaf })
        }
      } catch (error) {
        isDoubtful = true
        throw error
      }
    },
  }
}
