import type { Key, World } from './world.ts'

/** Parameters of a call; those that are undefined are not sent. */
export type RowCall = Readonly<Record<string, string | undefined>>

/** Brings an empty system into the state that causes the error, and tells the call that meets it. */
export type Row = (world: World) => Promise<RowCall | OtherCaller>

/** The call of somebody else than the owner. */
export class OtherCaller {
  readonly as: Key
  readonly call: RowCall

  constructor(as: Key, call: RowCall) {
    this.as = as
    this.call = call
  }
}
