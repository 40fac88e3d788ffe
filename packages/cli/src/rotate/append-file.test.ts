import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as node from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AppendFile, type AppendFiles, type AppendHandle, openAppendFile } from './append-file.ts'

let folder: string
let path: string
let file: AppendFile | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-append-'))
  path = join(folder, 'file')
})

afterEach(async () => {
  await file?.close()
  file = undefined
  rmSync(folder, { recursive: true, force: true })
})

/** A disk with room for so many bytes, which takes part of a write that does not fit, as disks do. */
function smallDisk(): AppendFiles & { room: number; syncs: number } {
  const disk = {
    room: Number.POSITIVE_INFINITY,
    syncs: 0,
    async open(name: string, flags: string, mode: number): Promise<AppendHandle> {
      const real = await node.open(name, flags, mode)
      return {
        async write(data, offset, length, position) {
          if (disk.room <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          const part = Math.min(length, disk.room)
          disk.room -= part
          return real.write(data, offset, part, position)
        },
        async datasync() {
          disk.syncs += 1
          await real.datasync()
        },
        truncate: (length) => real.truncate(length),
        close: () => real.close(),
      }
    },
  }
  return disk
}

test('appends stand in their order, and many of one moment share a sync', async () => {
  const disk = smallDisk()
  file = await openAppendFile(path, 0, disk)
  const lines = Array.from({ length: 500 }, (_, index) => `${index}\n`)
  await Promise.all(lines.map((line) => file?.append(line)))
  expect(readFileSync(path, 'utf8')).toBe(lines.join(''))
  expect(disk.syncs).toBeLessThan(5)
})

test('who waits for an append waits until it is on disk', async () => {
  const done: string[] = []
  const files: AppendFiles = {
    async open(name, flags, mode) {
      const real = await node.open(name, flags, mode)
      return {
        write: (data, offset, length, position) => real.write(data, offset, length, position),
        async datasync() {
          // Long enough that whoever does not wait for it is ahead of it.
          await new Promise((resolve) => setImmediate(resolve))
          done.push('synced')
        },
        truncate: (length) => real.truncate(length),
        close: () => real.close(),
      }
    },
  }
  file = await openAppendFile(path, 0, files)
  await file.append('one\n').then(() => done.push('told'))
  await file.append('two\n').then(() => done.push('told'))
  expect(done).toEqual(['synced', 'told', 'synced', 'told'])
})

test('one that is opened again goes on where it is told, and what is behind is cut off', async () => {
  writeFileSync(path, 'whole\ntorn in the middle')
  file = await openAppendFile(path, 6)
  await file.append('next\n')
  expect(readFileSync(path, 'utf8')).toBe('whole\nnext\n')
})

test('a new one does not replace one that is there', async () => {
  writeFileSync(path, 'there')
  await expect(openAppendFile(path, 0)).rejects.toMatchObject({ code: 'EEXIST' })
})

describe('a full disk', () => {
  test('is told to everybody whose text is not on it, and nothing is written behind the gap', async () => {
    const disk = smallDisk()
    file = await openAppendFile(path, 0, disk)
    await file.append('first\n')
    disk.room = 3
    await expect(file.append('second\n')).rejects.toMatchObject({ code: 'ENOSPC' })
    disk.room = 100
    await expect(file.append('third\n')).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readFileSync(path, 'utf8')).toBe('first\nsec')
  })

  test('with room again, a retry writes all of it, in its order', async () => {
    const disk = smallDisk()
    file = await openAppendFile(path, 0, disk)
    await file.append('first\n')
    disk.room = 3
    await expect(file.append('second\n')).rejects.toThrow()
    await expect(file.append('third\n')).rejects.toThrow()
    await expect(file.retry()).rejects.toThrow()
    disk.room = 100
    await file.retry()
    await file.append('fourth\n')
    expect(readFileSync(path, 'utf8')).toBe('first\nsecond\nthird\nfourth\n')
  })

  test('without a failure a retry does nothing', async () => {
    file = await openAppendFile(path, 0)
    await file.append('first\n')
    await file.retry()
    expect(readFileSync(path, 'utf8')).toBe('first\n')
  })
})
