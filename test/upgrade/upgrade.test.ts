import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { popCore } from '../support/api.ts'
import { root, runOpensag } from '../support/process.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import { expectEverythingIn } from './everything.ts'
import { layOut, rowsOf, type StoredFolder, storedFolders } from './stored-folder.ts'

interface Roles {
  readonly Roles: { readonly Role: readonly { readonly RoleName: string }[] }
}

async function folderOf(stored: StoredFolder): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'opensag-upgrade-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, 'data')
  await layOut(stored, folder)
  return folder
}

test('a folder of every release is kept', () => {
  const file = join(root, 'packages/server/src/store/migrations/released.json')
  const releases = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly version: string }[]
  expect(storedFolders.map(({ version }) => version)).toEqual(releases.map(({ version }) => version))
})

for (const stored of storedFolders) {
  test(`a folder of ${stored.version} holds everything after the upgrade, and opens again`, async () => {
    const folder = await folderOf(stored)
    for (let start = 0; start < 2; start++) {
      const store: Store = await openSqliteStore({ folder })
      await expectEverythingIn(store, stored)
      await store.close()
    }
  })

  test(
    `a server starts on a folder of ${stored.version} and answers with what it holds, to the key pair of then`,
    async () => {
      const data = await folderOf(stored)
      const running = runOpensag(['server', '--data', data, '--port', '0'])
      onTestFinished(async () => void (await running.stop()))
      const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
      expect(running.output()).not.toContain('First start')
      const key = { ...(await readCredentials(data)), endpoint }
      const list = await popCore(key).request('DescribeSmartAccessGateways', { RegionId: key.regionId, PageSize: 50 })
      const { SmartAccessGateway: instances } = list['SmartAccessGateways'] as {
        readonly SmartAccessGateway: readonly { readonly SmartAGId: string }[]
      }
      const idsOf = (table: string, column: string): readonly unknown[] =>
        rowsOf(stored.tables[table])
          .map((row) => row[column])
          .sort()
      expect(instances.map(({ SmartAGId }) => SmartAGId).sort()).toEqual(idsOf('instance', 'id'))
      const users = await popCore(key).request('ListUsers', { Version: '2015-05-01' })
      expect(users).toMatchObject({ Users: { User: [{ UserName: 'kept' }] } })
      // A role of then is the account's own, whatever roles of services there are since.
      const asked = { Version: '2015-05-01', RegionId: '' }
      const { Roles } = (await popCore(key).request('ListRoles', asked)) as unknown as Roles
      expect(Roles.Role.map(({ RoleName }) => RoleName).sort()).toEqual(idsOf('ram_role', 'name'))
      for (const { RoleName } of Roles.Role) {
        const updated = await popCore(key).request('UpdateRole', { ...asked, RoleName, NewDescription: 'ours' })
        expect(updated).toMatchObject({ Role: { Description: 'ours' } })
      }
      const service = { ...asked, ServiceName: 'smartag.aliyuncs.com' }
      const created = await popCore(key).request('CreateServiceLinkedRole', service)
      expect(created).toMatchObject({ Role: { IsServiceLinkedRole: true } })
      const devices = await operatorOf(data).devices()
      const pops = idsOf('pop', 'serial')
      const gateways = idsOf('device', 'serial').filter((serial) => !pops.includes(serial))
      expect(devices.map(({ serial }) => serial).sort()).toEqual(gateways)
    },
    limit(60_000),
  )
}
