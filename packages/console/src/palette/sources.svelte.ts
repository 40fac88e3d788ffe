import type { ApiReference } from '@opensag/rules'
import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../app/always.ts'
import { fleet } from '../app/fleet.svelte.ts'
import { type Network, networksIn, regionsOf } from '../app/networks.ts'
import { reference } from '../app/reference.ts'
import { region } from '../app/region.svelte.ts'
import { call, session } from '../app/session.svelte.ts'
import type { FleetRow } from '../fleet/row.ts'

type Listed = ResultOf<'DescribeSmartAccessGatewayClientUsers'>['Users']['User'][number]

export interface FoundAccount extends Always<Listed, 'UserName' | 'UserMail'> {
  readonly service: FleetRow
}

export type FoundUser = Always<ResultOf<'ListUsers'>['Users']['User'][number], 'UserName'>

/** Every look is in the audit: within this time the palette searches what it knows. */
const freshMs = 60_000

/** Remote users that are read at most; there can be tens of thousands. */
const mostAccounts = 500

const pageSize = 50

/** What the palette searches besides the fleet, read when it is opened. */
class Sources {
  #networks = $state.raw<readonly Network[]>([])
  #accounts = $state.raw<readonly FoundAccount[]>([])
  #users = $state.raw<readonly FoundUser[]>([])
  #reference = $state.raw<ApiReference>()
  #open = $state(0)
  #inPart = $state(false)
  #hasGateways = $state(false)
  #owner: unknown
  #loadedAt = 0

  get networks(): readonly Network[] {
    return this.#networks
  }

  get accounts(): readonly FoundAccount[] {
    return this.#accounts
  }

  get users(): readonly FoundUser[] {
    return this.#users
  }

  get reference(): ApiReference | undefined {
    return this.#reference
  }

  get loading(): boolean {
    return this.#open > 0
  }

  /** Something may not be read, could not be, or is too much. */
  get inPart(): boolean {
    return this.#inPart || fleet.inPart
  }

  /** The fleet has answered, well or not. */
  get hasGateways(): boolean {
    return this.#hasGateways
  }

  load(): void {
    const owner = session.current
    if (this.#owner !== owner) {
      this.#networks = []
      this.#accounts = []
      this.#users = []
      this.#hasGateways = false
      this.#loadedAt = Number.NEGATIVE_INFINITY
    }
    this.#owner = owner
    const current = (): boolean => this.#owner === session.current
    const isFresh = Date.now() - this.#loadedAt < freshMs
    const gateways = fleet.recent().then(() => {
      if (current()) this.#hasGateways = true
    })
    void this.#count(gateways)
    if (isFresh) return
    this.#loadedAt = Date.now()
    this.#inPart = false
    void this.#count(
      reference().then((answer) => {
        this.#reference = answer
      }),
    )
    void this.#count(
      call('Ram', 'ListUsers', { MaxItems: 1000 }).then(({ Users, IsTruncated }) => {
        if (!current()) return
        this.#users = Users.User as readonly FoundUser[]
        if (IsTruncated === true) this.#inPart = true
      }),
    )
    void this.#count(
      gateways.then(async () => {
        const networks = await networksIn(regionsOf(fleet.rows, region.current))
        if (current()) this.#networks = networks
      }),
    )
    void this.#count(
      gateways.then(async () => {
        const accounts = await this.#readAccounts()
        if (current()) this.#accounts = accounts
      }),
    )
  }

  async #count(work: Promise<void>): Promise<void> {
    this.#open += 1
    try {
      await work
    } catch {
      // What cannot be read is said to be missing; its own screen says why.
      this.#inPart = true
    } finally {
      this.#open -= 1
    }
  }

  async #readAccounts(): Promise<readonly FoundAccount[]> {
    const read: FoundAccount[] = []
    for (const service of fleet.rows.filter(({ InstanceType }) => InstanceType === 'app')) {
      for (let number = 1; ; number += 1) {
        if (read.length >= mostAccounts) {
          this.#inPart = true
          return read
        }
        const { RegionId, SmartAGId } = service
        const asked = { RegionId, SmartAGId, PageNumber: number, PageSize: pageSize }
        const { Users, TotalCount = 0 } = await call('Smartag', 'DescribeSmartAccessGatewayClientUsers', asked)
        const users = Users.User as readonly Always<Listed, 'UserName' | 'UserMail'>[]
        read.push(...users.map((user) => ({ ...user, service })))
        if (users.length === 0 || number * pageSize >= TotalCount) break
      }
    }
    return read
  }
}

export const sources = new Sources()
