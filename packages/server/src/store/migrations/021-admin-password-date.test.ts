import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createSealer } from '../../sealing/sealing.ts'
import { createFleet } from '../fleet/create-fleet.ts'
import { enrolGateway } from '../gateways/gateways.ts'
import { saveHeldPassword } from '../gateways/held-passwords.ts'
import { decidePasswordChange, journalPasswordChange } from '../gateways/password-changes.ts'
import { openTestStore } from '../testing/database.suite.ts'
import { dateHeldPasswords } from './021-admin-password-date.ts'

test('after the upgrade a changed password has the date of its last success, and one of a replaced box has none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-021-'))
  const store = await openTestStore(folder)
  const held = { changeId: 'c', generation: 1 }
  const fixed = { instanceId: '', accountId: '', principal: '', requestId: '', generation: 1 }
  await store.write(async (tx) => {
    const fleet = createFleet(tx, createSealer(Buffer.alloc(32)))
    for (const serial of ['changed', 'unjournalled', 'replaced', 'never']) {
      const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
      await fleet.addDevice({ ...device, enrolmentKey: Secret.of('key') })
      await enrolGateway(tx, serial, { signKey: 's', sealKey: `${serial}-key`, at: 9 })
      for (const [id, outcome, at] of [
        [`${serial}-1`, 'succeeded', 100],
        [`${serial}-2`, 'failed', 200],
      ] as const) {
        if (serial === 'unjournalled') continue
        await journalPasswordChange(tx, { ...fixed, id, serial, requestedAt: at })
        await decidePasswordChange(tx, { id, outcome, at })
      }
    }
    for (const serial of ['changed', 'unjournalled'])
      await saveHeldPassword(tx, serial, { ...held, sealKey: `${serial}-key` }, 0)
    await saveHeldPassword(tx, 'replaced', { ...held, sealKey: 'the-box-before' }, 0)
    // As it was before the step.
    await tx.updateTable('device').set({ password_set: null, password_changed_at: null }).execute()
    await dateHeldPasswords(tx)
  })
  const rows = await store.read((db) => db.selectFrom('device').select(['serial', 'password_changed_at']).execute())
  expect(Object.fromEntries(rows.map((row) => [row.serial, row.password_changed_at]))).toEqual({
    changed: 100,
    unjournalled: 9,
    replaced: null,
    never: null,
  })
  await store.close()
  await rm(folder, { recursive: true })
})
