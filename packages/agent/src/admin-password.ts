import { createMutex, drive, executorStep, type GatewayFacts, idle, type Order, type Secret } from '@opensag/protocol'
import {
  type ExecutorPortsOptions,
  executorPorts,
  factsWith,
  failedWork,
  type PasswordLink,
} from './admin-password-ports.ts'
import { readPasswordRecord } from './admin-password-record.ts'
import type { Disk } from './disk.ts'
import type { Vault } from './vault.ts'

export type { PasswordAnswer, PasswordLink } from './admin-password-ports.ts'

/** The administrator password as the gateway's local console meets it. */
export interface AdminPassword {
  isSet(): boolean
  verify(password: Secret): Promise<boolean>
  /** The first visit sets it; false when one is set already. */
  setFirst(password: Secret): Promise<boolean>
  /** Called after every change, once it is durable: open console sessions end. */
  onChange(listener: () => void): void
}

/** The same password as the server and the reset button meet it. */
export interface GatewayPassword extends AdminPassword {
  /** The reset button: no password, and no verdict of the server brings one back. */
  reset(): Promise<void>
  /** What a report says of it; waits for a change that is being applied, so that none is overlooked. */
  status(): Promise<PasswordStatus>
  /** @throws when neither the new nor the old state could be made durable: the connection has to end. */
  receive(order: PasswordOrder, link: PasswordLink): Promise<void>
}

export interface PasswordStatus {
  readonly generation: number
  readonly unsettled: string | undefined
  /** The last change it was told has succeeded. */
  readonly holds: string | undefined
  /** Its generation; undefined where an older version did not keep it. */
  readonly holdsGeneration: number | undefined
  /** The hash of what it holds, for the server to keep; undefined when it is not known for which change that would be. */
  readonly deposit: { readonly changeId: string; readonly generation: number; readonly hash: string } | undefined
  /** The hash it accepts, or will when a change that is not settled is taken back; undefined: no password. Stays here. */
  readonly inForce: string | undefined
}

export type PasswordOrder = Extract<Order, { is: 'set' | 'settle' | 'restore' }>
/** Takes up where a crash left off. */
export async function openAdminPassword({
  disk,
  vault,
}: {
  readonly disk: Disk
  readonly vault: Vault
}): Promise<GatewayPassword> {
  const exclusive = createMutex()
  const listeners: (() => void)[] = []
  const memory: ExecutorPortsOptions['memory'] = { record: undefined, isSet: false, epoch: 0, failure: undefined }
  const context: ExecutorPortsOptions = {
    disk,
    vault,
    memory,
    endSessions() {
      for (const listener of listeners) listener()
    },
  }

  /** Works one order off; answers how things stand then. */
  async function work(order: Order, link?: PasswordLink): Promise<GatewayFacts> {
    const known = memory.record === undefined ? undefined : await factsWith(context, memory.record)
    const driven = drive(
      {
        machine: { initial: idle, step: executorStep },
        failed: (effect, error) => failedWork(context, link, effect, error),
      },
      executorPorts(context, link),
    )
    driven.input({ is: 'order', order, known })
    await driven.idle()
    return factsWith(context, memory.record ?? (await readPasswordRecord(disk)))
  }

  await work({ is: 'report' })

  return {
    isSet: () => memory.isSet,
    async verify(password) {
      for (;;) {
        const started = memory.epoch
        const hash = await vault.current()
        const right = hash !== undefined && (await vault.verify(password, hash))
        // The slow comparison may have been with a password that is replaced by now.
        if (started === memory.epoch) return right
      }
    },
    setFirst(password) {
      return exclusive(async () => {
        if ((await work({ is: 'report' })).vault !== null) return false
        const hash = await vault.hash(password)
        return (await work({ is: 'first', hash })).vault === hash
      })
    },
    reset() {
      return exclusive(async () => {
        await work({ is: 'reset' })
      })
    },
    status() {
      return exclusive(async () => {
        return statusOf(await work({ is: 'report' }))
      })
    },
    async receive(order, link) {
      await exclusive(async () => {
        if (link.isCurrent()) await work(order, link)
      })
    },
    onChange(listener) {
      listeners.push(listener)
    },
  }
}

function statusOf({ record, vault }: GatewayFacts): PasswordStatus {
  const { generation, unsettled, holds, holdsGeneration } = record
  // A change that is not settled may be taken back: what it holds is the one before.
  const hash = unsettled === null || unsettled.overruled ? vault : unsettled.previous
  const isKnown = holds !== null && holdsGeneration !== null && hash !== null
  return {
    generation,
    unsettled: unsettled?.changeId,
    holds: holds ?? undefined,
    holdsGeneration: holdsGeneration ?? undefined,
    deposit: isKnown ? { changeId: holds, generation: holdsGeneration, hash } : undefined,
    inForce: hash ?? undefined,
  }
}
