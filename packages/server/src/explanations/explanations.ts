import type { Texts } from '../declare/index.ts'
import { platformCauses } from './platform.ts'
import { addressCauses } from './smartag-addresses.ts'
import { deviceCauses } from './smartag-devices.ts'
import { instanceCauses } from './smartag-instances.ts'
import { networkCauses } from './smartag-networks.ts'
import { remoteUserCauses } from './smartag-remote-users.ts'
import { wireCauses } from './wire.ts'

/** What leads to an error, and what whoever got it can do. */
export type CauseAndCure = Readonly<Record<keyof Texts, readonly [cause: string, cure: string]>>

export interface Explanation extends CauseAndCure {
  /** The operations in which the code means something else. */
  readonly in?: Readonly<Record<string, CauseAndCure>>
}

/** Every code that is answered; those of the front door with a parameter's name in them under their pattern. */
export const causes: ReadonlyMap<string, Explanation> = new Map(
  Object.entries<Explanation>({
    ...wireCauses,
    ...instanceCauses,
    ...deviceCauses,
    ...addressCauses,
    ...networkCauses,
    ...remoteUserCauses,
    ...platformCauses,
  }),
)
