import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import type { GatewayState, PlannedGateway } from '@opensag/rotation'
import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CommandFailure, UsageError } from '../exit.ts'
import { hasPasswords, type Kept, openPasswords, writePasswords } from './passwords-file.ts'
import { createSealing, type Sealing } from './seal.ts'

let folder: string
let path: string
let identity: string
let sealing: Sealing

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-passwords-'))
  path = join(folder, 'passwords.age')
  identity = await generateX25519Identity()
  sealing = createSealing([await identityToRecipient(identity)])
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const untouched: GatewayState = {
  outcome: undefined,
  holds: undefined,
  open: undefined,
  doubts: [],
  requestIds: [],
  decidedAt: undefined,
}
const doubt = (run: number) => ({ run, at: '', endpointTime: 0 })
const named = (index: number) => ({ regionId: 'cn-shanghai', instanceId: `sag-${index}`, serial: `s${index}` })
const plan = [0, 1, 2, 3, 4].map((index) => ({ ...named(index), wave: 0 }) as unknown as PlannedGateway)
const made = (run: number, index: number): string => `Run${run}_gateway_${index}`

/** As prepare writes it into the journal. */
async function sealedBy(run: number): Promise<Kept['journalState']['sealed'][number]> {
  const lines = plan.map((gateway, index) =>
    JSON.stringify({ run, ...named(index), password: made(run, index), wave: gateway.wave }),
  )
  return {
    kind: 'sealed',
    gateways: plan.map((_, index) => index),
    run,
    age: await sealing.seal(lines.map((line) => `${line}\n`).join('')),
  }
}

/** Of the second run: of the first, which was killed, nothing is known in the clear. */
async function kept(gateways: readonly GatewayState[]): Promise<Kept> {
  return {
    journalState: { plan, gateways, sealed: [await sealedBy(1), await sealedBy(2)] },
    run: 2,
    passwords: new Map(plan.map((_, index) => [index, Secret.of(made(2, index))])),
  }
}

const changedBy = (run: number): GatewayState => ({ ...untouched, outcome: { is: 'changed' }, holds: run })

test('of a rotation that was not interrupted one block, which plain age reads', async () => {
  await writePasswords(path, await kept([changedBy(2), untouched, untouched, untouched, untouched]), sealing)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const text = await decrypter.decrypt(armor.decode(readFileSync(path, 'utf8')), 'text')
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([{ ...named(0), state: 'changed', password: made(2, 0) }])
})

test('passwords of a run that was killed, and all that a gateway in doubt may hold', async () => {
  const unknown = { is: 'unknown', why: '' } as const
  const gatewayStates = [
    changedBy(1),
    changedBy(2),
    { ...untouched, outcome: unknown, doubts: [doubt(1)] },
    { ...untouched, doubts: [doubt(1)], open: doubt(2) },
    { ...untouched, outcome: { is: 'kept', why: '' } as const },
  ]
  await writePasswords(path, await kept(gatewayStates), sealing)
  expect(await openPasswords(readFileSync(path, 'utf8'), [identity])).toEqual([
    { ...named(0), state: 'changed', password: made(1, 0) },
    { ...named(1), state: 'changed', password: made(2, 1) },
    { ...named(2), state: 'unknown', candidates: [{ run: 1, password: made(1, 2) }] },
    {
      ...named(3),
      state: 'unknown',
      candidates: [
        { run: 1, password: made(1, 3) },
        { run: 2, password: made(2, 3) },
      ],
    },
  ])
})

test.each<[string, (text: string) => string]>([
  ['is for somebody else', (text) => text],
  ['was changed', corrupted],
  ['has nothing encrypted in it', () => 'nothing'],
])('a file that %s is not opened', async (title, change) => {
  await writePasswords(path, await kept([changedBy(2), untouched, untouched, untouched, untouched]), sealing)
  const reader = title === 'is for somebody else' ? await generateX25519Identity() : identity
  await expect(openPasswords(change(readFileSync(path, 'utf8')), [reader])).rejects.toThrow(CommandFailure)
})

test('a file that cannot be written leaves the one from before', async () => {
  writeFileSync(path, 'before')
  await expect(writePasswords(join(path, 'below'), await kept([]), sealing)).rejects.toThrow()
  expect(readFileSync(path, 'utf8')).toBe('before')
})

test.each(['age1', 'age1notone', 'ssh-ed25519 AAAA', 'AGE-SECRET-KEY-1QQQ', ''])(
  '%j is no recipient, and is not quoted',
  (text) => {
    try {
      createSealing([text])
      throw new Error('It was accepted.')
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError)
      if (text.length > 4) expect((error as Error).message).not.toContain(text)
    }
  },
)

/** One character in the middle is another one. */
function corrupted(text: string): string {
  const at = text.indexOf('\n', text.length / 2) + 5
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

test('a file is known again by its digest, until it is another one or gone', async () => {
  const digest = await writePasswords(path, await kept([untouched]), sealing)
  expect(await hasPasswords(path, digest)).toBe(true)
  expect(await hasPasswords(path, undefined)).toBe(false)
  await writePasswords(path, await kept([untouched]), sealing)
  expect(await hasPasswords(path, digest)).toBe(false)
  rmSync(path)
  expect(await hasPasswords(path, digest)).toBe(false)
})
