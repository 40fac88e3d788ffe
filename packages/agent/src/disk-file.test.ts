import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFileDisk, openFileDisk } from './disk-file.ts'

let base: string
let folder: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'opensag-disk-'))
  folder = join(base, 'gateway')
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

describe('a folder', () => {
  test('keeps what is written, for its owner only', async () => {
    const disk = await createFileDisk(folder)
    expect(await disk.read('key')).toBeUndefined()
    await disk.write('key', 'one')
    await disk.write('key', 'two')
    expect(await disk.read('key')).toBe('two')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    await disk.close()
    expect(readdirSync(folder)).toEqual(['key'])
  })

  test('of two writes at once the later one stays', async () => {
    const disk = await createFileDisk(folder)
    await Promise.all(Array.from({ length: 20 }, (_, i) => disk.write('key', String(i))))
    expect(await disk.read('key')).toBe('19')
    await disk.close()
  })

  test('an unreadable file is an error, not a missing one', async () => {
    const disk = await createFileDisk(folder)
    mkdirSync(join(folder, 'key'))
    await expect(disk.read('key')).rejects.toThrow('EISDIR')
    await disk.close()
  })

  test('leftovers of an interrupted write are swept when it is opened, nothing else', async () => {
    mkdirSync(folder, { mode: 0o700 })
    for (const name of ['.key.00ff.tmp', 'key', '.profile']) writeFileSync(join(folder, name), 'x')
    const disk = await openFileDisk(folder)
    expect(readdirSync(folder).sort()).toEqual(['.profile', 'key'])
    await disk.close()
  })

  test('that others may write is refused', async () => {
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    await expect(createFileDisk(folder)).rejects.toThrow('chmod 700')
  })

  test.each(['../key', '.key', 'a/b', '', 'A'])('a name like %j is refused', async (name) => {
    const disk = await openFileDisk(folder)
    await expect(async () => disk.write(name, 'x')).rejects.toThrow(TypeError)
  })
})

describe('the lock', () => {
  test('a second opening is refused until the first is closed', async () => {
    const disk = await createFileDisk(folder)
    await expect(createFileDisk(folder)).rejects.toThrow('in use by another running process')
    await disk.close()
    await (await createFileDisk(folder)).close()
  })

  test('works in a folder whose path is longer than a socket name may be', async () => {
    const deep = join(base, 'a'.repeat(100), 'b'.repeat(100))
    const disk = await createFileDisk(deep)
    await expect(createFileDisk(deep)).rejects.toThrow('in use')
    await disk.close()
  })

  test('of many that open at once at most one gets it', async () => {
    const opened = await Promise.allSettled(Array.from({ length: 8 }, () => createFileDisk(folder)))
    const disks = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(disks.length).toBeLessThanOrEqual(1)
    for (const disk of disks) await disk.close()
    await (await createFileDisk(folder)).close()
  })

  test('is held by a living process and free after kill -9 of it', async () => {
    // Another process runs what `npm run build` made.
    const lock = new URL('../dist/folder-lock.js', import.meta.url).href
    const program = `await (await import('${lock}')).lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
    mkdirSync(folder, { mode: 0o700 })
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    await expect(createFileDisk(folder)).rejects.toThrow('in use')

    holder.kill('SIGKILL')
    await once(holder, 'close')
    const disk = await createFileDisk(folder)
    await disk.close()
    expect(readdirSync(folder)).toEqual([])
  })
})
