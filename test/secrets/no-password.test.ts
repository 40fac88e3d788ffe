import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instanceOf, popCore } from '../support/api.ts'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { type Credentials, type Sandbox, startSandbox } from '../support/sandbox.ts'

const serial = 'sagdemo100wm'
/** Unlike anything else anywhere, so that finding it means that it leaked. */
const planted = {
  first: `First_${randomBytes(9).toString('hex')}`,
  accepted: `Accepted_${randomBytes(9).toString('hex')}`,
  wrongSignature: `Unsigned_${randomBytes(9).toString('hex')}`,
  offline: `Offline_${randomBytes(9).toString('hex')}`,
  malformed: `Mal*formed_${randomBytes(9).toString('hex')}`,
  refusedLogOn: `Guess_${randomBytes(9).toString('hex')}`,
  ofUser: `Console_${randomBytes(9).toString('hex')}`,
  ofUserChanged: `Changed_${randomBytes(9).toString('hex')}`,
  ofUserGuessed: `Guessed_${randomBytes(9).toString('hex')}`,
  ofUserTooWeak: `weak ${randomBytes(9).toString('hex')}`,
}
/** Given out by the server, once: the secret of a user's access key. */
const givenOut: string[] = []

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
  const { localConsole } = await sandbox.device(serial)
  const SmartAGId = await instanceOf(sandbox, serial)
  const change = (Password: string, secret = sandbox.accessKeySecret, method = 'POST'): Promise<unknown> =>
    popCore({ ...sandbox, accessKeySecret: secret }).request(
      'ModifySAGAdminPassword',
      { RegionId: sandbox.regionId, SmartAGId, SmartAGSn: serial, Password },
      { method },
    )
  expect(await setFirstPassword(localConsole ?? '', planted.first)).toBe(303)
  expect(await logOn(localConsole ?? '', planted.refusedLogOn)).toBe(401)
  await change(planted.accepted, undefined, 'GET')
  await expect(change(planted.malformed)).rejects.toMatchObject({ code: 'IllegalParam.Password' })
  // The answer echoes the string to sign to its caller; a log must not.
  await expect(change(planted.wrongSignature, 'another secret')).rejects.toMatchObject({
    code: 'SignatureDoesNotMatch',
  })
  await useUser()
  await sandbox.operator('device', 'power', serial, 'off')
  await sandbox.device(serial, ({ online }) => !online)
  await expect(change(planted.offline)).rejects.toMatchObject({ code: 'SmartAccessGatewayOffline' })
  // Killed, not stopped: whatever was in memory for a file is as it lies.
  await sandbox.running.kill()
})

afterAll(() => sandbox.remove())

/** A RAM user with a key and a password for the console, which it changes itself. */
async function useUser(): Promise<void> {
  const ram = (action: string, params: object, key = sandbox as Credentials) =>
    popCore(key).request(action, { Version: '2015-05-01', UserName: 'planted', ...params }, { method: 'POST' })
  await ram('CreateUser', {})
  await ram('AttachPolicyToUser', { PolicyType: 'System', PolicyName: 'AdministratorAccess' })
  const { AccessKey } = await ram('CreateAccessKey', {})
  const { AccessKeyId, AccessKeySecret } = AccessKey as { AccessKeyId: string; AccessKeySecret: string }
  const user = { ...sandbox, accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret }
  givenOut.push(AccessKeySecret)
  await expect(ram('CreateLoginProfile', { Password: planted.ofUserTooWeak })).rejects.toMatchObject({
    code: 'InvalidParameter.Password.TooWeak',
  })
  await ram('CreateLoginProfile', { Password: planted.ofUser })
  const change = (OldPassword: string) =>
    ram('ChangePassword', { OldPassword, NewPassword: planted.ofUserChanged }, user)
  await expect(change(planted.ofUserGuessed)).rejects.toMatchObject({ code: 'InvalidParameter.OldPassword.Incorrect' })
  await change(planted.ofUser)
}

test('no password is in anything the run wrote or printed, in any usual spelling', async () => {
  const written = [
    ...(await filesUnder(sandbox.data)),
    { name: 'output', content: Buffer.from(sandbox.running.output()) },
  ]
  expect(written.length).toBeGreaterThan(10)
  expect(givenOut).toHaveLength(1)
  for (const [when, password] of [
    ...Object.entries(planted),
    ...givenOut.map((secret) => ['given out', secret] as const),
  ]) {
    for (const spelling of spellings(password)) {
      const found = written.filter(({ content }) => content.includes(spelling)).map(({ name }) => `${when}: ${name}`)
      expect(found).toEqual([])
    }
  }
})

test('the search finds what is really there', async () => {
  const written = await filesUnder(sandbox.data)
  expect(written.some(({ content }) => content.includes(sandbox.accessKeySecret))).toBe(true)
  expect(written.some(({ name, content }) => name.includes('opensag.db') && content.includes(serial))).toBe(true)
})

function spellings(password: string): readonly string[] {
  const bytes = Buffer.from(password)
  return [
    password,
    encodeURIComponent(password),
    encodeURIComponent(encodeURIComponent(password)),
    bytes.toString('hex'),
    // Base64 at each of its three alignments, without the characters that depend on the neighbours.
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(shift === 0 ? 0 : 4, -4),
    ),
    bytes.toString('utf16le'),
  ]
}

async function filesUnder(folder: string): Promise<readonly { readonly name: string; readonly content: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async (entry) => {
      const name = join(entry.parentPath, entry.name)
      return { name, content: await readFile(name) }
    }),
  )
}
