import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { newSealedFolder, openAll, openKeyOf } from '../master-key/master-key.suite.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'
import { masterKeyRotate, masterKeyShow, masterKeyUnwrap, masterKeyWrap } from './master-key.ts'

test('the operator rotates, wraps and unwraps the master key, and sees which it is', async () => {
  const folder = temporaryFolder()
  const all = await newSealedFolder(folder, { devices: 2 })
  const store = await openSqliteStore({ folder })
  const passphrase = (): Promise<Secret> => Promise.resolve(Secret.of('open sesame'))
  const context = { store, masterKey: await openKeyOf(folder, { passphrase }) } as unknown as OperatorContext
  const shown = (): Promise<unknown> => masterKeyShow.run(context, {})
  expect(await shown()).toEqual({ wrapped: false, rotating: false })
  expect(await masterKeyWrap.run(context, {})).toEqual({ wrapped: true })
  expect(await shown()).toEqual({ wrapped: true, rotating: false })
  expect(await masterKeyRotate.run(context, {})).toEqual({ resealed: Object.keys(all).length, unreadable: [] })
  expect(await masterKeyUnwrap.run(context, {})).toEqual({ wrapped: false })
  expect(await openAll(store, (await openKeyOf(folder)).ring)).toEqual(all)
  await store.close()
})

test('what the state does not allow, the operator is told', async () => {
  const folder = temporaryFolder()
  const masterKey = await openKeyOf(folder, { mayCreate: true })
  const context = { masterKey } as unknown as OperatorContext
  await expect(masterKeyWrap.run(context, {})).rejects.toThrow(OperatorRefusal)
})
