import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { keyOf, makePassword, type PlannedGateway } from '@opensag/rotation'
import type { Journal } from './journal.ts'
import type { Sealing } from './seal.ts'

/** Where new passwords are kept from before they are sent. */
export interface PasswordKeeping {
  /** Passwords somebody else made, by serial number; this program then keeps none. */
  readonly given: ReadonlyMap<string, string> | undefined
  readonly length: number
  readonly sealing: Sealing | undefined
  /** Hands lines to the command that keeps them. @throws when it did not take them */
  readonly tell: ((lines: readonly object[]) => Promise<void>) | undefined
}

export interface PrepareOptions extends PasswordKeeping {
  readonly run: number
  /** Takes note of passwords before they are sent. */
  readonly remember?:
    | ((passwords: readonly { readonly gateway: string; readonly password: string }[]) => Promise<void>)
    | undefined
  readonly plan: readonly PlannedGateway[]
  readonly journal: Pick<Journal, 'write'>
  readonly random?: (bytes: number) => Uint8Array
}

interface NewPassword extends Pick<PlannedGateway, 'regionId' | 'instanceId' | 'serial'> {
  readonly run: number
  readonly password: string
}

/** A new password for each, that no crash from here on can lose. */
export function createPrepare(options: PrepareOptions) {
  const { run, plan, journal, given, length, sealing, tell, remember, random = randomBytes } = options

  return async function prepare(gateways: readonly number[]): Promise<ReadonlyMap<number, Secret>> {
    const made = new Map<number, Secret>()
    const lines: NewPassword[] = []
    for (const index of gateways) {
      const { regionId, instanceId, serial } = plan[index] as PlannedGateway
      const password = given === undefined ? makePassword(random, length) : given.get(serial)
      if (password === undefined) throw new Error(`There is no password for ${serial}.`)
      made.set(index, Secret.of(password))
      lines.push({ run, regionId, instanceId, serial, password })
    }
    await remember?.(lines.map((line) => ({ gateway: keyOf(line), password: line.password })))
    if (tell !== undefined) await tell(lines.map((line) => ({ event: 'new', ...line })))
    if (sealing !== undefined) {
      const age = await sealing.seal(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      await journal.write({ kind: 'sealed', gateways, run, age })
    }
    return made
  }
}
