import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Random, Secret } from '@opensag/protocol'
import { mostShares, type Share } from './shaping.ts'

/** A client whose log-on the server has accepted, and whose session has not ended as far as is known. */
export interface OnlineClient extends Share {
  readonly cid: number
  readonly session: string
  /** Of the name and password it has logged on with. */
  readonly proof: Buffer
}

/** Those who are online at one OpenVPN server. Whoever is not in here has no session. */
export class Clients {
  readonly #byCid = new Map<number, OnlineClient>()
  readonly #bySession = new Map<string, OnlineClient>()
  readonly #freed: number[] = []
  #nextSlot = 2
  readonly #key: Buffer

  constructor(random: Random) {
    this.#key = random(32)
  }

  /** So that a password that comes again at a renegotiation can be told from another one. */
  proofOf(userName: string, password: Secret): Buffer {
    return createHmac('sha256', this.#key).update(`${userName}\n`).update(password.revealBytes()).digest()
  }

  isSame(client: OnlineClient, userName: string, password: Secret): boolean {
    return timingSafeEqual(client.proof, this.proofOf(userName, password))
  }

  /** Undefined: as many are in as can be. */
  takeSlot(): number | undefined {
    return this.#freed.pop() ?? (this.#nextSlot > mostShares ? undefined : this.#nextSlot++)
  }

  freeSlot(slot: number): void {
    this.#freed.push(slot)
  }

  add(client: OnlineClient): void {
    this.#byCid.set(client.cid, client)
    this.#bySession.set(client.session, client)
  }

  /** The slot stays taken until its share is removed. */
  remove(client: OnlineClient): void {
    // An OpenVPN that has started anew counts its clients from the beginning.
    if (this.#byCid.get(client.cid) === client) this.#byCid.delete(client.cid)
    this.#bySession.delete(client.session)
  }

  byCid(cid: number): OnlineClient | undefined {
    return this.#byCid.get(cid)
  }

  bySession(session: string): OnlineClient | undefined {
    return this.#bySession.get(session)
  }

  all(): readonly OnlineClient[] {
    return [...this.#bySession.values()]
  }
}
