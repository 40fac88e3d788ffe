import * as node from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncPath } from '@opensag/server/tools'

/** The part of `node:fs/promises` that is used, so that a test can fill the disk at any write. */
export interface AppendFiles {
  open(path: string, flags: string, mode: number): Promise<AppendHandle>
}

export interface AppendHandle {
  write(data: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>
  datasync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** A file that only grows. Whoever waits for an append knows that it is on disk; many of them share one sync. */
export interface AppendFile {
  /** @throws when it could not be made durable; then nothing more is written until {@link AppendFile.retry} succeeds. */
  append(text: string): Promise<void>
  /** Writes what could not be written. @throws when it still cannot. */
  retry(): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly text: string
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** @param size where to go on; what the file has beyond is cut off. */
export async function openAppendFile(path: string, size: number, files: AppendFiles = node): Promise<AppendFile> {
  const handle = await files.open(path, size === 0 ? 'wx' : 'r+', 0o600)
  let end = size
  let queue: Waiting[] = []
  /** Accepted, in their order, and not on disk. */
  let unwritten = ''
  let broken: unknown
  let working: Promise<void> | undefined

  async function writeOut(): Promise<void> {
    const data = Buffer.from(unwritten, 'utf8')
    for (let from = 0; from < data.length; ) {
      from += (await handle.write(data, from, data.length - from, end + from)).bytesWritten
    }
    await handle.datasync()
    end += data.length
    unwritten = ''
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      unwritten += batch.map(({ text }) => text).join('')
      try {
        if (broken !== undefined) throw broken
        await writeOut()
        for (const { done } of batch) done()
      } catch (error) {
        broken = error
        for (const { failed } of batch) failed(error)
      }
    }
    working = undefined
  }

  try {
    await handle.truncate(size)
    if (size === 0) await syncPath(dirname(path))
  } catch (error) {
    await handle.close()
    throw error
  }

  return {
    append(text) {
      return new Promise((done, failed) => {
        queue.push({ text, done, failed })
        // Everything that is appended in this turn of the event loop goes to disk together.
        working ??= Promise.resolve().then(work)
      })
    },
    async retry() {
      await working
      if (broken === undefined) return
      await handle.truncate(end)
      await writeOut()
      broken = undefined
    },
    async close() {
      await working
      await handle.close()
    },
  }
}
