import { expect, test } from 'vitest'
import { modifySmartAccessGateway } from '../apis/smartag/instances/modify-smart-access-gateway.ts'
import { openHarnessOn } from '../apis/testing/harness-on.suite.ts'
import { regionId } from '../apis/testing/names.suite.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'

test.each([
  ['its name alone is what it changes', { Name: 'new' }, true],
  ['it changes what other rows say too', { Name: 'new', CidrBlock: '192.168.1.0/24' }, false],
])('the store is told which instance a call keeps to when %s', async (_when, params, keeps) => {
  const told: Parameters<Store['writeAudited']>[2][] = []
  const world = await openHarnessOn(async (folder) => {
    const store = await openTestStore(folder)
    const writeAudited: Store['writeAudited'] = (work, audit, keepsTo) => {
      told.push(keepsTo)
      return store.writeAudited(work, audit, keepsTo)
    }
    return { ...store, writeAudited }
  })
  try {
    const instance = await world.addInstance({})
    told.length = 0
    await world.call(modifySmartAccessGateway, { RegionId: regionId, SmartAGId: instance, ...params })
    expect(told).toEqual([keeps ? { instance } : undefined])
  } finally {
    await world.close()
  }
})
