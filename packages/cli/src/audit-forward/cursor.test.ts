import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCursor } from './cursor.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opensag-cursor-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('the cursor is there after a restart, with its trail', async () => {
  const cursor = await openCursor(join(root, 'a'), 'https://a')
  expect([cursor.trail(), cursor.after()]).toEqual(['', 0])
  await cursor.begin('key.0')
  await cursor.advance(7)
  await cursor.close()
  const again = await openCursor(join(root, 'a'), 'https://a')
  expect([again.trail(), again.after()]).toEqual(['key.0', 7])
  await again.begin('key.1')
  expect([again.trail(), again.after()]).toEqual(['key.1', 0])
  await again.close()
})

test('the folder and the file are readable by their owner only, and do not hold the address', async () => {
  const folder = join(root, 'b')
  const cursor = await openCursor(folder, 'https://a/hidden')
  await cursor.advance(1)
  await cursor.close()
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, 'cursor.json'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(folder, 'cursor.json'), 'utf8')).not.toContain('hidden')
})

test('a folder in use, of another target, or with a damaged file is refused', async () => {
  const folder = join(root, 'c')
  const cursor = await openCursor(folder, 'https://a')
  await cursor.advance(7)
  await expect(openCursor(folder, 'https://a')).rejects.toThrow('in use')
  await cursor.close()
  await expect(openCursor(folder, 'https://b')).rejects.toThrow('--state of its own')
  await writeFile(join(folder, 'cursor.json'), '{"after":')
  await expect(openCursor(folder, 'https://a')).rejects.toThrow('damaged')
})
