import { checkName, type Disk, type Vault } from '@opensag/agent/simulation'
import { cutPower, type DiskFault, type DiskFile, fileOf } from '../disk-file.ts'
import type { Life } from './time.ts'

/** What a box keeps: its files, and its vault as one of them. */
export type Files = Map<string, DiskFile<string | undefined>>

/** The vault is no file of the gateway's, but is kept like one. */
export const vaultName = '(vault)'

/** Something that is being written. Each of its instants is one event. */
interface Op {
  readonly name: string
  readonly instants: (() => void)[]
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The disk and the vault of one box, under whichever program runs on it. */
export interface BoxDisk {
  readonly files: Files
  /** How the next write fails. */
  fault: DiskFault
  diskOf(life: Life): Disk
  vaultOf(life: Life): Vault
  /** What has begun and is not over: `disk` and `vault`, each in its order. */
  isBusy(): boolean
  /** One instant of what is being written. False when nothing is. */
  instant(choice: number): boolean
  /** The program is gone: what it was writing stays as it is. */
  abandon(): void
  /** Bits of `choice` say which of the files that were not synced survive. */
  cutPower(choice: number): void
}

class DiskFails extends Error {
  override readonly name = 'DiskFails'
}

export function createBoxDisk(files: Files, onChange: (name: string, content: string | undefined) => void): BoxDisk {
  let queues: { readonly disk: Op[]; readonly vault: Op[] } = { disk: [], vault: [] }
  let unsure = new Set<string>()

  function fileNamed(name: string): DiskFile<string | undefined> {
    const file = files.get(name) ?? fileOf<string | undefined>(undefined)
    files.set(name, file)
    return file
  }

  function write(queue: Op[], name: string, content: string | undefined): Promise<void> {
    const file = fileNamed(name)
    return new Promise((resolve, reject) => {
      const instants = [
        () => {
          unsure.add(name)
          if (box.fault === 'full') throw fails(box)
          file.visible = content
          onChange(name, content)
        },
        () => {
          if (box.fault === 'unsynced') throw fails(box)
          file.durable = file.visible
          unsure.delete(name)
        },
      ]
      queue.push({ name, instants, resolve, reject })
    })
  }

  function settle(queue: Op[], name: string): Promise<void> {
    return unsure.has(name) ? write(queue, name, fileNamed(name).visible) : Promise.resolve()
  }

  const box: BoxDisk = {
    files,
    fault: 'none',
    diskOf(life) {
      // As the real one does when it is opened: what can be read is durable from then on.
      for (const [name, file] of files) if (name !== vaultName) file.durable = file.visible
      unsure = new Set([vaultName])
      const whileAlive = <T>(work: () => Promise<T>): Promise<T> => (life.alive ? work() : new Promise(() => {}))
      return {
        async read(name) {
          checkName(name)
          return files.get(name)?.visible
        },
        write: (name, content) => whileAlive(() => write(queues.disk, name, content)),
        settle: (name) => whileAlive(() => settle(queues.disk, name)),
      }
    },
    vaultOf(life) {
      const whileAlive = <T>(work: () => Promise<T>): Promise<T> => (life.alive ? work() : new Promise(() => {}))
      return {
        current: async () => files.get(vaultName)?.visible,
        replace: (hash) => whileAlive(() => write(queues.vault, vaultName, hash)),
        settle: () => whileAlive(() => settle(queues.vault, vaultName)),
        hash: (password) =>
          whileAlive(
            () =>
              new Promise((resolve, reject) => {
                const done = (): void => resolve(hashOf(password.reveal()))
                queues.vault.push({ name: 'hash', instants: [() => {}], resolve: done, reject })
              }),
          ),
        verify: async (password, hash) => hash === hashOf(password.reveal()),
      }
    },
    isBusy: () => queues.disk.length + queues.vault.length > 0,
    instant(choice) {
      const waiting = [queues.disk, queues.vault].filter((queue) => queue.length > 0)
      const queue = waiting[choice % waiting.length]
      const op = queue?.[0]
      if (queue === undefined || op === undefined) return false
      try {
        op.instants.shift()?.()
      } catch (error) {
        queue.shift()
        op.reject(error as Error)
        return true
      }
      if (op.instants.length === 0) {
        queue.shift()
        op.resolve()
      }
      return true
    },
    abandon() {
      queues = { disk: [], vault: [] }
    },
    cutPower(choice) {
      box.abandon()
      let bits = choice
      for (const file of files.values()) {
        if (file.visible === file.durable) continue
        cutPower(file, (bits & 1) === 1)
        bits >>= 1
      }
    },
  }
  return box
}

function fails(box: BoxDisk): DiskFails {
  const how = box.fault
  box.fault = 'none'
  return new DiskFails(how)
}

export function hashOf(password: string): string {
  return `hash of ${password}`
}

export function copyOfFiles(files: Files): Files {
  return new Map([...files].map(([name, { durable }]) => [name, fileOf(durable)]))
}
