import { createFileVault, type Disk, type GatewayParts, type Vault } from '@opensag/agent'
import type { Fault } from './types.ts'

/** Faults that are inside a box. */
export type InnerFault = Extract<Fault, 'disk-full' | 'sync-fails' | 'hangs'>

/** What a gateway runs with, and what is wrong with it. */
export interface FaultyBox {
  readonly parts: GatewayParts
  break(fault: InnerFault): void
  /** What it waits for goes on. */
  repair(): void
}

class BoxFails extends Error {
  override readonly name = 'BoxFails'
}

export function faultyBox(sound: Disk): FaultyBox {
  const faults = new Set<InnerFault>()
  const waiting = new Set<() => void>()

  function untilItAnswers(): Promise<void> {
    if (!faults.has('hangs')) return Promise.resolve()
    return new Promise((resolve) => waiting.add(resolve))
  }

  /** As a full disk refuses it before anything is changed, and a failed sync after the new content can be read. */
  async function write(work: () => Promise<void>): Promise<void> {
    if (faults.has('disk-full')) throw new BoxFails('The disk is full.')
    await work()
    if (faults.has('sync-fails')) throw new BoxFails('The sync failed.')
  }

  const disk: Disk = {
    read: (name) => sound.read(name),
    write: (name, content) => write(() => sound.write(name, content)),
    settle: (name) => write(() => sound.settle(name)),
  }
  const file = createFileVault({ disk })
  const vault: Vault = {
    ...file,
    async hash(password) {
      await untilItAnswers()
      return file.hash(password)
    },
  }
  return {
    parts: { disk, vault },
    break: (fault) => void faults.add(fault),
    repair() {
      faults.clear()
      for (const goOn of waiting) goOn()
      waiting.clear()
    },
  }
}
