import {
  createTurns,
  type FromGateway,
  type GatewayFacts,
  idle,
  type Order,
  type PasswordRecord,
  ProtocolError,
  type Secret,
  type WorkEffect,
  type WorkInput,
  workStep,
} from '@opensag/protocol'
import { readPasswordRecord, settlePasswordRecord, writePasswordRecord } from './admin-password-record.ts'
import type { Disk } from './disk.ts'
import type { Vault } from './vault.ts'

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
  standing(): Promise<PasswordStanding>
  /** @throws when neither the new nor the old state could be made durable: the connection has to end. */
  receive(order: PasswordOrder, link: PasswordLink): Promise<void>
}

export interface PasswordStanding {
  readonly generation: number
  readonly unsettled: string | undefined
  /** The last change it was told has succeeded. */
  readonly holds: string | undefined
}

export type PasswordOrder = Extract<Order, { is: 'set' | 'settle' | 'restore' }>
export type PasswordAnswer = Extract<FromGateway, { kind: 'ack' | 'nack' | 'settled' | 'restored' }>

/** The connection an order came by. */
export interface PasswordLink {
  /** Orders of a connection that ended are void: the server will settle them on the next one. */
  isCurrent(): boolean
  /** @throws ProtocolError when the password was sealed for something else. */
  open(change: { readonly changeId: string; readonly generation: number }): Promise<Secret>
  /** The hash as only this gateway can open it, for the server to keep. */
  deposit(change: { readonly changeId: string; readonly generation: number; readonly hash: string }): string
  send(answer: PasswordAnswer): void
  /** Something failed that the server is told as a refusal. */
  problem(error: unknown): void
}

/** Takes up where a crash left off. */
export async function openAdminPassword({
  disk,
  vault,
}: {
  readonly disk: Disk
  readonly vault: Vault
}): Promise<GatewayPassword> {
  const inTurn = createTurns()
  const listeners: (() => void)[] = []
  /** As it is on the disk, durably; undefined before it was read, and after a write failed. */
  let record: PasswordRecord | undefined
  let isSet = false
  /** Rises when the accepted hash begins to change and when it has. */
  let epoch = 0
  /** Why the last write failed. */
  let failure: unknown

  /** Works one order off; answers how things stand then. */
  async function work(order: Order, link?: PasswordLink): Promise<GatewayFacts> {
    const known = record === undefined ? undefined : await factsWith(record)
    let step = workStep(idle, { is: 'order', order, known })
    while (step.effect !== undefined) step = workStep(step.state, await carryOut(step.effect, link))
    return factsWith(record ?? (await readPasswordRecord(disk)))
  }

  async function factsWith(found: PasswordRecord): Promise<GatewayFacts> {
    const hash = await vault.current()
    isSet = hash !== undefined
    return { record: found, vault: hash ?? null }
  }

  async function carryOut(effect: WorkEffect, link: PasswordLink | undefined): Promise<WorkInput> {
    switch (effect.do) {
      case 'read':
        await settlePasswordRecord(disk)
        await vault.settle()
        record = await readPasswordRecord(disk)
        return { is: 'read', facts: await factsWith(record) }
      case 'write-record':
        return write(link, async () => {
          await writePasswordRecord(disk, effect.record)
          record = effect.record
        })
      case 'write-vault':
        return write(link, async (before) => {
          epoch++
          await vault.replace(effect.hash ?? undefined)
          epoch++
          isSet = effect.hash !== null
          record = before
        })
      case 'prepare':
        return prepare(effect, link)
      case 'end-sessions':
        for (const listener of listeners) listener()
        return { is: 'done' }
      case 'acknowledge': {
        const { changeId } = effect
        if (link?.isCurrent()) link.send({ kind: 'ack', changeId, deposit: link.deposit(effect) })
        return { is: 'done' }
      }
      case 'send':
        if (link?.isCurrent()) link.send(effect.message)
        return { is: 'done' }
      case 'tell':
        return { is: 'done' }
      case 'give-up':
        throw failure
    }
  }

  /** From the moment a write begins until it is done, nothing is known. */
  async function write(
    link: PasswordLink | undefined,
    work: (before: PasswordRecord | undefined) => Promise<void>,
  ): Promise<WorkInput> {
    const before = record
    record = undefined
    try {
      await work(before)
      return { is: 'done' }
    } catch (error) {
      failure = error
      link?.problem(error)
      return { is: 'write-failed' }
    }
  }

  async function prepare(
    change: { readonly changeId: string; readonly generation: number },
    link: PasswordLink | undefined,
  ): Promise<WorkInput> {
    if (link === undefined) throw new Error('A password is prepared by the order it belongs to.')
    try {
      const password = await link.open(change)
      return { is: 'prepared', hash: await vault.hash(password), current: link.isCurrent() }
    } catch (error) {
      link.problem(error)
      const why = error instanceof ProtocolError ? 'unusable' : 'failed'
      return { is: 'unprepared', why, current: link.isCurrent() }
    }
  }

  await work({ is: 'report' })

  return {
    isSet: () => isSet,
    async verify(password) {
      for (;;) {
        const started = epoch
        const hash = await vault.current()
        const right = hash !== undefined && (await vault.verify(password, hash))
        // The slow comparison may have been with a password that is replaced by now.
        if (started === epoch) return right
      }
    },
    setFirst(password) {
      return inTurn(async () => {
        if ((await work({ is: 'report' })).vault !== null) return false
        const hash = await vault.hash(password)
        return (await work({ is: 'first', hash })).vault === hash
      })
    },
    reset() {
      return inTurn(async () => {
        await work({ is: 'reset' })
      })
    },
    standing() {
      return inTurn(async () => {
        const { record: now } = await work({ is: 'report' })
        return { generation: now.generation, unsettled: now.unsettled?.changeId, holds: now.holds ?? undefined }
      })
    },
    async receive(order, link) {
      await inTurn(async () => {
        if (link.isCurrent()) await work(order, link)
      })
    },
    onChange(listener) {
      listeners.push(listener)
    },
  }
}
