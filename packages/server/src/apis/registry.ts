import { actionTrail } from './actiontrail/registry.ts'
import { location } from './location/registry.ts'
import { openSag } from './opensag/registry.ts'
import type { Api, Operation } from './operation.ts'
import { ram } from './ram/registry.ts'
import { smartag } from './smartag/registry.ts'
import { sts } from './sts/registry.ts'

/** What SmartAG stands on: access control, sessions, where services are, the audit trail, and what the console needs. */
export const platformApis: readonly Api[] = [ram, sts, location, actionTrail, openSag]

/** Every API the front door serves, by its version. */
export const apis: ReadonlyMap<string, Api> = new Map([smartag, ...platformApis].map((api) => [api.version, api]))

/** Every operation of all of them. No two have one name, so that a name alone says which is meant. */
export const allOperations: readonly Operation[] = [...apis.values()].flatMap(({ operations }) => [
  ...operations.values(),
])
