import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allOperations } from './registry.ts'
import { complaintsAbout } from './testing/effects.suite.ts'
import { observeAlerts } from './testing/effects-alerts.suite.ts'
import { observeJobs } from './testing/effects-jobs.suite.ts'
import { observeRam } from './testing/effects-ram.suite.ts'
import { effectRows, worldOfTheRows } from './testing/effects-rows.suite.ts'
import { observeSecurityKeys } from './testing/effects-security-keys.suite.ts'
import { observeTags } from './testing/effects-tags.suite.ts'
import { observeGateways, observeRegions } from './testing/effects-world.suite.ts'
import { createObservers } from './testing/observers.suite.ts'
import { withoutEffect } from './testing/without-effect.suite.ts'

let template: string
beforeAll(async () => {
  template = await worldOfTheRows()
})
afterAll(() => rm(template, { recursive: true }))

const observers = createObservers([
  observeGateways,
  observeRegions,
  observeRam,
  observeAlerts,
  observeJobs,
  observeSecurityKeys,
  observeTags,
])

test.each(effectRows.map((row) => [row.operation.name, row] as const))(
  'each parameter that %s accepts has an effect, or a reason to have none',
  async (operation, row) => {
    const reasons = withoutEffect[operation] ?? {}
    const listed = Object.keys(row.operation.params).filter((name) => name in reasons)
    const allowed = listed.flatMap((name) => [`${name}: nothing`, `${name}: no other value`])
    const complaints = await complaintsAbout({ template, observers }, row)
    expect(complaints.filter((one) => !allowed.includes(one))).toEqual([])
    // A reason must not outlive what it is for.
    expect(listed.filter((name) => !complaints.some((one) => one.startsWith(`${name}:`)))).toEqual([])
  },
)

/** What they are called with is made in the same moment: codes, a message of the server's own. */
const provenBeside = ['BindMFADevice', 'DecodeDiagnosticMessage']

test('every operation that has parameters is among them, once', () => {
  const withParams = allOperations.filter(({ params }) => Object.values(params).some(({ state }) => !state.isIgnored))
  expect([...effectRows.map(({ operation }) => operation.name), ...provenBeside].sort()).toEqual(
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
