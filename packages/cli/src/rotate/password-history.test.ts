import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPasswordHistory, type PasswordHistory } from './password-history.ts'

let folder: string
let open: PasswordHistory | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-history-'))
})
afterEach(async () => {
  await open?.close()
  open = undefined
  await rm(folder, { recursive: true })
})

async function history(last = 3): Promise<PasswordHistory> {
  await open?.close()
  open = undefined
  open = await openPasswordHistory(folder, last)
  return open
}

const text = (): Promise<string> => readFile(join(folder, 'history.jsonl'), 'utf8')
const of = (gateway: string, password: string) => [{ gateway, password }]

test('a password that a gateway has had is found after a restart, of that gateway only, given or made', async () => {
  await (await history()).add('r1', 'given', of('one', 'Given_password'))
  await (await history()).add('r2', 'made', of('one', 'Made_password1'))
  const now = await history()
  const wanted = [...of('one', 'Given_password'), ...of('two', 'Given_password')]
  expect(await now.repeated(wanted, undefined)).toEqual(new Set(['one']))
  expect(await now.repeated(of('one', 'Made_password1'), undefined)).toEqual(new Set(['one']))
  expect(await now.repeated(of('one', 'Another_pass1'), undefined)).toEqual(new Set())
})

test('one that is older than the history, of the rotation itself, or was not taken does not count', async () => {
  const now = await history(1)
  await now.add('r1', 'given', of('one', 'First_password'))
  await now.add('r2', 'given', of('one', 'Second_password'))
  expect(await now.repeated(of('one', 'First_password'), undefined)).toEqual(new Set())
  expect(await now.repeated(of('one', 'First_password'), 'r2')).toEqual(new Set(['one']))
  expect(await now.repeated(of('one', 'Second_password'), 'r2')).toEqual(new Set())
  await now.add('r2', 'given', of('three', 'Third_password'))
  await now.drop('r2', new Set(['one', 'two']))
  expect(await now.repeated(of('three', 'Third_password'), undefined)).toEqual(new Set(['three']))
  expect(await now.repeated(of('one', 'Second_password'), undefined)).toEqual(new Set())
  expect(await now.repeated(of('one', 'First_password'), undefined)).toEqual(new Set(['one']))
})

test('the file holds a bounded number of salted hashes, and no password', async () => {
  const now = await history()
  for (let index = 0; index < 40; index++) await now.add(`r${index}`, 'made', of('one', `Password_${index}`))
  await now.add('r', 'made', of('two', 'Password_39'))
  const lines = (await text()).trimEnd().split('\n')
  expect(lines).toHaveLength(25 + 1)
  expect(await text()).not.toContain('Password_')
  const hashes = lines.map((line) => (JSON.parse(line) as { hash: string }).hash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a second rotation, a file others may read and one that was damaged are refused', async () => {
  const now = await history()
  await now.add('r1', 'made', of('one', 'Some_password1'))
  await expect(openPasswordHistory(folder, 3)).rejects.toThrow('is in use')
  await chmod(join(folder, 'history.jsonl'), 0o640)
  await expect(history()).rejects.toThrow('chmod 600')
  await chmod(join(folder, 'history.jsonl'), 0o600)
  await writeFile(join(folder, 'history.jsonl'), `${await text()}{"gateway":"one"`)
  await expect(history()).rejects.toThrow('Line 2 of')
  // A refusal leaves it free for the next.
  await writeFile(join(folder, 'history.jsonl'), '')
  await history()
})
