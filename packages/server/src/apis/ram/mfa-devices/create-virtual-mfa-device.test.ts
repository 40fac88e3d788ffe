import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addMfaDevice, fromBase32, testNames } from '../testing.suite.ts'
import { createVirtualMfaDevice as operation } from './create-virtual-mfa-device.ts'

testOperation(operation, (world) => {
  const given = { VirtualMFADeviceName: 'phone' }

  test('gives a device, whose seed is in the answer and nowhere else', async () => {
    const { VirtualMFADevice: device } = (await world().call(operation, given)) as Record<
      string,
      Record<string, string>
    >
    expect(device?.['SerialNumber']).toBe(`acs:ram::${accountId}:mfa/phone`)
    expect(device?.['Base32StringSeed']).toMatch(/^[A-Z2-7]{32}$/)
    const stored = await world().store.read(async (db) => [
      ...(await db.selectFrom('ram_mfa_device').selectAll().execute()),
      ...(await db.selectFrom('audit_event').selectAll().execute()),
    ])
    const seed = fromBase32(device?.['Base32StringSeed'] ?? '')
    for (const form of [device?.['Base32StringSeed'] as string, seed.toString('hex'), seed.toString('base64')])
      expect(JSON.stringify(stored)).not.toContain(form)
  })

  test('its QR code is a PNG: square, with a quiet border', async () => {
    const { VirtualMFADevice: device } = (await world().call(operation, given)) as Record<
      string,
      Record<string, string>
    >
    const png = Buffer.from(device?.['QRCodePNG'] ?? '', 'base64')
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
    expect(height).toBe(width)
    const length = png.readUInt32BE(33)
    const rows = inflateSync(png.subarray(41, 41 + length))
    expect(rows.length).toBe(height * (1 + Math.ceil(width / 8)))
    // The first row is white, and no filter is named.
    expect(rows[0]).toBe(0)
    expect(rows.subarray(1, 1 + Math.floor(width / 8)).every((byte) => byte === 0xff)).toBe(true)
  })

  test('EntityAlreadyExists.VirtualMFADevice', async () => {
    await addMfaDevice(world())
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.VirtualMFADevice')
  })

  test(`LimitExceeded.VirtualMFADevice: more than ${limits.mfaDevices} in the account`, async () => {
    await addMfaDevice(world(), 'first')
    await world().store.write(async (tx) => {
      const rows = Array.from({ length: limits.mfaDevices - 1 }, (_, index) => ({
        account_id: accountId,
        name: `filler-${index}`,
        seed_sealed: '',
        last_step: -1,
        created_at: 0,
      }))
      for (let at = 0; at < rows.length; at += 500)
        await tx
          .insertInto('ram_mfa_device')
          .values(rows.slice(at, at + 500))
          .execute()
    })
    expect(await world().refused(operation, given)).toBe('LimitExceeded.VirtualMFADevice')
  })

  testNames(operation, world, given, 'VirtualMFADeviceName')
})
