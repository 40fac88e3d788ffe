import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { database } from '../../packages/server/src/store/testing/database.suite.ts'
import { modifySagAdminPassword, updateAdminPassword } from './admin-password.rows.ts'
import { resetClientUserPassword } from './client-user.rows.ts'
import { modifySmartAccessGateway } from './modify-instance.rows.ts'
import { published } from './published.ts'
import { OtherCaller, type Row } from './row.ts'
import { branch, openWorld, type Params, region, type World } from './world.ts'

const tables: Readonly<Record<keyof typeof published, Readonly<Record<string, Row>>>> = {
  ModifySAGAdminPassword: modifySagAdminPassword,
  UpdateSmartAccessGatewayAdminPassword: updateAdminPassword,
  ResetSmartAccessGatewayClientUserPassword: resetClientUserPassword,
  ModifySmartAccessGateway: modifySmartAccessGateway,
}

/** Answered by a failing disk alone; it has a test of its own below. */
const elsewhere = ['InternalError']

for (const [action, rows] of Object.entries(tables)) {
  const table: Readonly<Record<string, readonly [number, string]>> = published[action as keyof typeof published]

  describe(`${action}: each published error, from an empty system, by the state that causes it`, () => {
    test('no row is left out and none is invented', () => {
      const expected = Object.keys(table).filter((code) => !elsewhere.includes(code))
      expect(Object.keys(rows).sort()).toEqual(expected.sort())
    })

    for (const [code, row] of Object.entries(rows)) {
      const [status, message] = table[code] ?? [0, 'not published']
      test(`${status}/${code}`, () =>
        inWorld(async (world) => {
          const arrived = await row(world)
          const [call, as] = arrived instanceof OtherCaller ? [arrived.call, arrived.as] : [arrived, undefined]
          const params = Object.fromEntries(Object.entries(call).filter(([, value]) => value !== undefined)) as Params
          for (const format of ['JSON', 'XML'] as const) {
            const how = as === undefined ? { format } : { format, as }
            expect({ format, ...(await world.refused(action, params, how)) }).toEqual({ format, status, code, message })
          }
        }))
    }
  })
}

const mayMount = process.getuid?.() === 0
// The folder that is full is that of the embedded store; a server whose store is elsewhere needs no room to answer.
if (database === 'SQLite')
  test.skipIf(!mayMount)(
    '500/InternalError when the disk is full, and all is well when there is room again (needs root)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'opensag-full-'))
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', folder]).status).toBe(0)
      try {
        const world = await openWorld(folder)
        try {
          const SmartAGId = await branch(world)
          const params = { RegionId: region, SmartAGId, Name: 'branch' }
          const ballast = join(folder, 'ballast')
          fill(ballast)
          const [status, message] = published.ModifySmartAccessGateway.InternalError
          for (const format of ['JSON', 'XML'] as const) {
            const refused = await world.refused('ModifySmartAccessGateway', params, { format })
            expect(refused).toEqual({ status, code: 'InternalError', message })
          }
          rmSync(ballast)
          await world.call('ModifySmartAccessGateway', params)
        } finally {
          await world.close()
        }
      } finally {
        spawnSync('umount', ['-l', folder])
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )

/** Takes all the room there is, to the last block. */
function fill(file: string): void {
  for (let size = 1 << 20; size >= 512; size /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}

async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld()
  try {
    await work(world)
  } finally {
    await world.close()
  }
}
