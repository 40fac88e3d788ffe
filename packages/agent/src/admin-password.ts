import {
  createTurns,
  type GatewayAnswer,
  type GatewayEffect,
  type GatewayFacts,
  type GatewayInput,
  gatewayFactsAfter,
  gatewayStep,
  type PasswordRecord,
  ProtocolError,
  type Secret,
} from '@opensag/protocol'
import { readPasswordRecord, writePasswordRecord } from './admin-password-record.ts'
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
}

export type PasswordOrder = Extract<GatewayInput, { is: 'set' | 'settle' }>

/** The connection an order came by. */
export interface PasswordLink {
  /** Orders of a connection that ended are void: the server will settle them on the next one. */
  isCurrent(): boolean
  /** @throws ProtocolError when the password was sealed for something else. */
  open(purpose: { readonly changeId: string; readonly generation: number }): Promise<Secret>
  send(answer: GatewayAnswer): void
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
  /** Undefined after a write failed: what is there has to be read again. */
  let record: PasswordRecord | undefined
  let isSet = false
  /** Rises when the accepted hash begins to change and when it has. */
  let epoch = 0

  async function facts(): Promise<GatewayFacts> {
    record ??= await readPasswordRecord(disk)
    const hash = await vault.current()
    isSet = hash !== undefined
    const found: GatewayFacts = { record, vault: hash ?? null }
    return perform(found, gatewayStep(found, { is: 'started' }))
  }

  async function perform(
    before: GatewayFacts,
    effects: readonly GatewayEffect[],
    link?: PasswordLink,
  ): Promise<GatewayFacts> {
    let now = before
    for (const effect of effects) {
      await carryOut(effect, link)
      now = gatewayFactsAfter(now, effect)
    }
    return now
  }

  async function carryOut(effect: GatewayEffect, link: PasswordLink | undefined): Promise<void> {
    switch (effect.do) {
      case 'write-record':
        record = undefined
        await writePasswordRecord(disk, effect.record)
        record = effect.record
        return
      case 'write-vault':
        epoch++
        await vault.replace(effect.hash ?? undefined)
        epoch++
        isSet = effect.hash !== null
        return
      case 'end-sessions':
        for (const listener of listeners) listener()
        return
      case 'send':
        if (link?.isCurrent()) link.send(effect.message)
        return
      case 'prepare':
        throw new Error('A password is prepared by the order it belongs to.')
    }
  }

  async function prepare(effect: GatewayEffect & { do: 'prepare' }, link: PasswordLink): Promise<GatewayInput> {
    const { changeId, generation } = effect
    try {
      const password = await link.open({ changeId, generation })
      return { is: 'prepared', changeId, generation, hash: await vault.hash(password) }
    } catch (error) {
      link.problem(error)
      return { is: error instanceof ProtocolError ? 'unusable' : 'failed', changeId }
    }
  }

  async function obey(order: PasswordOrder, link: PasswordLink): Promise<void> {
    if (!link.isCurrent()) return
    const now = await facts()
    const effects = gatewayStep(now, order)
    const [first] = effects
    if (first?.do !== 'prepare') {
      await perform(now, effects, link)
      return
    }
    const prepared = await prepare(first, link)
    // Hashing is slow: the server may have given the change up meanwhile.
    if (!link.isCurrent()) return
    try {
      await perform(now, gatewayStep(now, prepared), link)
    } catch (error) {
      link.problem(error)
      const left = { record: await readPasswordRecord(disk), vault: (await vault.current()) ?? null }
      await perform(left, gatewayStep(left, { is: 'failed', changeId: first.changeId }), link)
    }
  }

  await facts()

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
        if ((await facts()).vault !== null) return false
        const hash = await vault.hash(password)
        const now = await facts()
        const effects = gatewayStep(now, { is: 'first', hash })
        await perform(now, effects)
        return effects.length > 0
      })
    },
    reset() {
      return inTurn(async () => {
        const now = await facts()
        await perform(now, gatewayStep(now, { is: 'reset' }))
      })
    },
    standing() {
      return inTurn(async () => {
        const { record: now } = await facts()
        return { generation: now.generation, unsettled: now.unsettled?.changeId }
      })
    },
    receive: (order, link) => inTurn(() => obey(order, link)),
    onChange(listener) {
      listeners.push(listener)
    },
  }
}
