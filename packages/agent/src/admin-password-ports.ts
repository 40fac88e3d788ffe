import {
  type ExecutorEffect,
  type ExecutorInput,
  type FromGateway,
  type GatewayFacts,
  type PasswordRecord,
  type Ports,
  ProtocolError,
  type Secret,
} from '@opensag/protocol'
import { readPasswordRecord, settlePasswordRecord, writePasswordRecord } from './admin-password-record.ts'
import type { Disk } from './disk.ts'
import type { Vault } from './vault.ts'

export type PasswordAnswer = Extract<FromGateway, { kind: 'ack' | 'nack' | 'settled' | 'restored' }>

/** The connection an order came by. */
export interface PasswordLink {
  /** Orders of a connection that ended are void: the server will settle them on the next one. */
  isCurrent(): boolean
  /** Opens it for who wipes it. @throws ProtocolError when the password was sealed for something else. */
  open(change: { readonly changeId: string; readonly generation: number }): Promise<Secret>
  /** The hash as only this gateway can open it, for the server to keep. */
  deposit(change: { readonly changeId: string; readonly generation: number; readonly hash: string }): string
  send(answer: PasswordAnswer): void
  /** Something failed that the server is told as a refusal. */
  problem(error: unknown): void
}

/** What the program knows of its password between two orders. */
export interface PasswordMemory {
  /** As it is on the disk, durably; undefined before it was read, and after a write failed. */
  record: PasswordRecord | undefined
  isSet: boolean
  /** Rises when the accepted hash begins to change and when it has. */
  epoch: number
  /** Why the last write failed. */
  failure: unknown
}

export interface ExecutorPortsOptions {
  readonly disk: Disk
  readonly vault: Vault
  readonly memory: PasswordMemory
  /** Open console sessions end. */
  endSessions(): void
}

/** The vault is read anew each time: other programs may write it. */
export async function factsWith(
  { vault, memory }: Pick<ExecutorPortsOptions, 'vault' | 'memory'>,
  record: PasswordRecord,
): Promise<GatewayFacts> {
  const hash = await vault.current()
  memory.isSet = hash !== undefined
  return { record, vault: hash ?? null }
}

/** Carries out what the work machine of the protocol says; without a link the order is of somebody at the gateway. */
export function executorPorts(
  context: ExecutorPortsOptions,
  link: PasswordLink | undefined,
): Ports<ExecutorEffect, ExecutorInput> {
  const { disk, vault, memory } = context

  return {
    async read() {
      await settlePasswordRecord(disk)
      await vault.settle()
      memory.record = await readPasswordRecord(disk)
      return { is: 'read', facts: await factsWith(context, memory.record) }
    },
    // From the moment a write begins until it is done, nothing is known.
    async 'write-record'({ record }) {
      memory.record = undefined
      await writePasswordRecord(disk, record)
      memory.record = record
      return { is: 'done' }
    },
    async 'write-vault'({ hash }) {
      const before = memory.record
      memory.record = undefined
      memory.epoch++
      await vault.replace(hash ?? undefined)
      memory.epoch++
      memory.isSet = hash !== null
      memory.record = before
      return { is: 'done' }
    },
    async prepare(change) {
      if (link === undefined) throw new Error('A password is prepared by the order it belongs to.')
      const password = await link.open(change)
      try {
        const hash = await vault.hash(password)
        return { is: 'prepared', hash, current: link.isCurrent() }
      } finally {
        password.wipe()
      }
    },
    'end-sessions'() {
      context.endSessions()
      return { is: 'done' }
    },
    acknowledge(effect) {
      const { changeId } = effect
      if (link?.isCurrent()) link.send({ kind: 'ack', changeId, deposit: link.deposit(effect) })
      return { is: 'done' }
    },
    send({ message }) {
      if (link?.isCurrent()) link.send(message)
      return { is: 'done' }
    },
    tell: () => ({ is: 'done' }),
    'refuse-restore'() {
      throw new ProtocolError(
        'The server wants to go back to an administrator password from before the present one, and its operator has not ordered that.',
      )
    },
    'give-up'() {
      throw memory.failure
    },
  }
}

/** What the machine is told when an effect fails. Undefined: the order fails as a whole. */
export function failedWork(
  { memory }: Pick<ExecutorPortsOptions, 'memory'>,
  link: PasswordLink | undefined,
  { do: failed }: ExecutorEffect,
  error: unknown,
): ExecutorInput | undefined {
  switch (failed) {
    case 'write-record':
    case 'write-vault':
      memory.failure = error
      link?.problem(error)
      return { is: 'write-failed' }
    case 'prepare': {
      if (link === undefined) return undefined
      link.problem(error)
      const why = error instanceof ProtocolError ? 'unusable' : 'failed'
      return { is: 'unprepared', why, current: link.isCurrent() }
    }
    default:
      return undefined
  }
}
