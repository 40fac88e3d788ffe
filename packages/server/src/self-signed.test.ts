import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOwnAuthority } from './self-signed.ts'

const now = Date.UTC(2026, 10, 29, 12)
const names = ['sag.example.com', '10.1.2.3', '::1', '2001:db8::42:0:7', '::ffff:192.0.2.1']

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-self-signed-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

async function certified(): Promise<{ readonly ca: X509Certificate; readonly leaf: X509Certificate; key: Buffer }> {
  const authority = await openOwnAuthority(data)
  const { cert, key } = authority.certify(names, now, randomBytes)
  return { ca: new X509Certificate(await readFile(authority.file)), leaf: new X509Certificate(cert), key }
}

test('a certificate is for every name and address that was asked for, and for no other', async () => {
  const { leaf } = await certified()
  const [host = '', ...addresses] = names
  expect(leaf.checkHost(host)).toBe(host)
  for (const address of addresses) expect(leaf.checkIP(address), address).toBe(address)
  expect(leaf.checkHost('other.example.com')).toBeUndefined()
  expect(leaf.checkIP('2001:db8::42:7')).toBeUndefined()
})

test('the authority of the folder has issued it, for a server, with the key that comes with it', async () => {
  const { ca, leaf, key } = await certified()
  expect(leaf.checkIssued(ca)).toBe(true)
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect([ca.ca, leaf.ca]).toEqual([true, false])
  expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
  // Server authentication.
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
})

test('it counts for less than clients take at most, and from an hour before', async () => {
  const { leaf } = await certified()
  expect(Date.parse(leaf.validFrom)).toBe(now - 3_600_000)
  expect(Date.parse(leaf.validTo)).toBe(now + 90 * 86_400_000)
})

test('each certificate has another key; the authority stays, also when its certificate was removed', async () => {
  const first = await certified()
  const second = await certified()
  expect(second.key).not.toEqual(first.key)
  expect(second.leaf.serialNumber).not.toBe(first.leaf.serialNumber)
  expect(second.ca.raw).toEqual(first.ca.raw)
  await rm(join(data, 'ca.pem'))
  expect((await certified()).leaf.verify(first.ca.publicKey)).toBe(true)
})

test('a certificate of another key is replaced', async () => {
  const first = await certified()
  await rm(join(data, 'ca.key'))
  const { ca, leaf } = await certified()
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect(leaf.verify(first.ca.publicKey)).toBe(false)
  expect(ca.subject).not.toBe(first.ca.subject)
})

test('its key is for the owner of the folder alone, and one that others can read is refused', async () => {
  await certified()
  const file = join(data, 'ca.key')
  expect((await stat(file)).mode & 0o077).toBe(0)
  await chmod(file, 0o644)
  await expect(certified()).rejects.toThrow(/Others may read/)
})
