import type { ServedConnection } from '../bus/bus.ts'
import { NotOwner, requireOwner } from '../store/gateways/ownership.ts'
import type { Store, Writer } from '../store/store.ts'
import type { Connected } from './record-connected.ts'

/** What the log and the gateway are told of a connection whose gateway has gone to another one. */
export const replacedReason = 'Another connection of the gateway has replaced this one.'

/** What one connection writes about its gateway: nothing once another connection of it is recorded, at whatever node. */
export class OwnedWrites implements ServedConnection {
  /** A later connection of the gateway is recorded. */
  readonly replaced: () => void
  private recorded: number | undefined
  private readonly store: Store
  private readonly serial: string
  private writing: Promise<unknown> | undefined

  constructor(store: Store, serial: string, replaced: () => void) {
    this.store = store
    this.serial = serial
    this.replaced = replaced
  }

  private get keepsTo(): { readonly gateway: string } {
    return { gateway: this.serial }
  }

  /** Makes the connection the gateway's, unless `work` says otherwise. */
  async record(work: (tx: Writer) => Promise<Connected | undefined>): Promise<Connected | undefined> {
    const connected = await this.noted(this.store.write(work, this.keepsTo))
    this.recorded = connected?.epoch
    return connected
  }

  epoch(): number | undefined {
    return this.recorded
  }

  /** The row says that the connection is the gateway's. */
  isRecorded(): boolean {
    return this.recorded !== undefined
  }

  /** The epoch that a writer asks for in its own unit of work. */
  owned(): number {
    if (this.recorded === undefined) throw new NotOwner(this.serial)
    return this.recorded
  }

  /** @throws NotOwner */
  async write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const epoch = this.owned()
    return this.noted(
      this.store.write(async (tx) => {
        await requireOwner(tx, this.serial, epoch)
        return work(tx)
      }, this.keepsTo),
    )
  }

  /** All that is under way: the gateway's being offline must not be overtaken by what came before. */
  async settled(): Promise<void> {
    await this.writing
  }

  private noted<T>(done: Promise<T>): Promise<T> {
    const all = Promise.all([this.writing, done.catch(() => 'told to its own caller')]).then(() => {
      if (this.writing === all) this.writing = undefined
    })
    this.writing = all
    return done
  }
}
