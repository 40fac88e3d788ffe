import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { newSealedFolder, openAll, openKeyOf } from '../master-key/master-key.suite.ts'
import { forgetNode, noteSeen } from '../store/gateways/nodes.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'
import { masterKeyRotate, masterKeyShow, masterKeyUnwrap, masterKeyWrap } from './master-key.ts'

test('the operator rotates, wraps and unwraps the master key, and sees which it is', async () => {
  const folder = temporaryFolder()
  const all = await newSealedFolder(folder, openTestStore, { devices: 2 })
  const store = await openTestStore(folder)
  const passphrase = (): Promise<Secret> => Promise.resolve(Secret.of('open sesame'))
  const context = {
    store,
    masterKey: await openKeyOf(folder, { passphrase }),
    nodeId: 'this',
  } as unknown as OperatorContext
  const shown = (): Promise<unknown> => masterKeyShow.run(context, {})
  expect(await shown()).toEqual({ wrapped: false, rotating: false })
  expect(await masterKeyWrap.run(context, {})).toEqual({ wrapped: true })
  expect(await shown()).toEqual({ wrapped: true, rotating: false })
  expect(await masterKeyRotate.run(context, {})).toEqual({ resealed: Object.keys(all).length, unreadable: [] })
  expect(await masterKeyUnwrap.run(context, {})).toEqual({ wrapped: false })
  expect(await openAll(store, (await openKeyOf(folder)).ring)).toEqual(all)
  await store.close()
})

test('while another node has the key in its memory the master key is not rotated', async () => {
  const folder = temporaryFolder()
  await newSealedFolder(folder, openTestStore, { devices: 2 })
  const store = await openTestStore(folder)
  const context = { store, masterKey: await openKeyOf(folder), nodeId: 'this' } as unknown as OperatorContext
  const seen = (id: string): Promise<number | undefined> =>
    store.write((tx) => noteSeen(tx, { id, at: 1, startedAt: 1, version: '0.2.0' }))
  await seen('this')
  await seen('other')
  const before = readFileSync(join(folder, 'master.key'))
  const rotating = masterKeyRotate.run(context, {})
  await expect(rotating).rejects.toThrow(OperatorRefusal)
  await expect(rotating).rejects.toThrow('Other nodes of this database run: other.')
  expect(readFileSync(join(folder, 'master.key'))).toEqual(before)
  await store.write((tx) => forgetNode(tx, { id: 'other', startedAt: 1 }))
  expect(await masterKeyRotate.run(context, {})).toMatchObject({ unreadable: [] })
  await store.close()
})

test('what the state does not allow, the operator is told', async () => {
  const folder = temporaryFolder()
  const masterKey = await openKeyOf(folder, { mayCreate: true })
  const context = { masterKey } as unknown as OperatorContext
  await expect(masterKeyWrap.run(context, {})).rejects.toThrow(OperatorRefusal)
})
