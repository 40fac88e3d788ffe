import { hash as argon2Hash } from '@node-rs/argon2'
import type { GatewayParts } from '@opensag/agent'

/** Ways a gateway of the fleet is broken. */
export const troubles = [
  'offline',
  'disk-full',
  'refusing',
  'hanging',
  'not-activated',
  'in-arrears',
  'unsynchronized',
  'wrong-model',
] as const
export type Trouble = (typeof troubles)[number]

/** What a child of {@link import('./fleet-child.suite.ts')} is given of each gateway. */
export interface ChildGateway {
  readonly serial: string
  readonly model: string
  readonly version: string
  readonly enrolmentKey: string
  readonly oldPassword: string
  readonly trouble: Trouble | undefined
}

/** Argon2id like a gateway's own, with the least memory there is (KiB). */
const cheap = { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 } as const

/**
 * The parts gateways run with: sound until they break. Only the cost of the password hash is not a real one's: here thousands
 * of gateways share two cores, each real one has its own.
 */
export function createParts(ill: ReadonlyMap<string, Trouble>) {
  let broken = false
  return {
    breakThem(): void {
      broken = true
    },
    parts(serial: string, { disk, vault }: GatewayParts): GatewayParts {
      const has = (trouble: Trouble): boolean => broken && ill.get(serial) === trouble
      return {
        disk: {
          read: (name) => disk.read(name),
          settle: (name) => disk.settle(name),
          async write(name, content) {
            if (has('disk-full')) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
            await disk.write(name, content)
          },
        },
        vault: {
          ...vault,
          async hash(password) {
            if (has('hanging')) await new Promise(() => {})
            if (has('refusing')) throw new Error('There is no memory for it.')
            return argon2Hash(password.reveal(), cheap)
          },
        },
      }
    },
  }
}
