import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { allOperations } from './registry.ts'
import { complaintsAbout } from './testing/effects.suite.ts'
import { platformRows } from './testing/effects-platform.suite.ts'
import { buildRam, observeRam, ramRows } from './testing/effects-ram.suite.ts'
import { remoteUserRows } from './testing/effects-remote-users.suite.ts'
import { smartAgRows } from './testing/effects-smartag.suite.ts'
import { buildSmartAg, observeSmartAg } from './testing/effects-world.suite.ts'
import { type Harness, openHarness } from './testing/harness.suite.ts'
import { withoutEffect } from './testing/without-effect.suite.ts'

const rows = [...smartAgRows, ...remoteUserRows, ...ramRows, ...platformRows]

let template: string
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'opensag-effects-'))
  const world = await openHarness(() => openSqliteStore({ folder: template }))
  await buildSmartAg(world)
  await buildRam(world)
  await world.close()
})
afterAll(() => rm(template, { recursive: true }))

const observe = async (world: Harness): Promise<unknown> => [await observeSmartAg(world), await observeRam(world)]

test.each(rows.map((row) => [row.operation.name, row] as const))(
  'each parameter that %s accepts has an effect, or a reason to have none',
  async (operation, row) => {
    const reasons = withoutEffect[operation] ?? {}
    const listed = Object.keys(row.operation.params).filter((name) => name in reasons)
    const allowed = listed.flatMap((name) => [`${name}: nothing`, `${name}: no other value`])
    const complaints = await complaintsAbout({ template, observe }, row)
    expect(complaints.filter((one) => !allowed.includes(one))).toEqual([])
    // A reason must not outlive what it is for.
    expect(listed.filter((name) => !complaints.some((one) => one.startsWith(`${name}:`)))).toEqual([])
  },
)

/** What they are called with is made in the same moment: codes, a message of the server's own. */
const provenBeside = ['BindMFADevice', 'DecodeDiagnosticMessage']

test('every operation that has parameters is among them, once', () => {
  const withParams = allOperations.filter(({ params }) => Object.values(params).some(({ state }) => !state.isIgnored))
  expect([...rows.map(({ operation }) => operation.name), ...provenBeside].sort()).toEqual(
    withParams.map(({ name }) => name).sort(),
  )
})

test('a reason is of a parameter that is there, and names a test that speaks of it', () => {
  for (const [name, reasons] of Object.entries(withoutEffect)) {
    const operation = allOperations.find((one) => one.name === name)
    for (const [param, { why, test: proof }] of Object.entries(reasons)) {
      expect(operation?.params, name).toHaveProperty(param)
      expect(why).toMatch(/\.$/)
      if (proof === undefined) continue
      const file = join(import.meta.dirname, proof)
      expect(existsSync(file), file).toBe(true)
      expect(readFileSync(file, 'utf8')).toContain(param)
    }
  }
})
