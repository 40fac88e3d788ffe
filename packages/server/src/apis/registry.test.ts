import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Api, serviceOf } from '../declare/index.ts'
import { unreached } from '../reference/unreached.ts'
import { ramFamilies } from './ram/families.ts'
import { allOperations, apis, platformApis } from './registry.ts'
import { smartag } from './smartag/registry.ts'
import { testRegistry } from './testing/registry.suite.ts'

const here = import.meta.dirname

/** What the operations of each product can be about. */
const resourceOf: Readonly<Record<Exclude<Api['product'], 'Smartag'>, RegExp>> = {
  // A serial number of a second factor is a resource as it is written. Tags are authorised on all resources (D).
  Ram: /^(\*|acs:ram:\*:(\{account\}:(\*|(user|group|role|policy|mfa)\/(\*|\{\w+\}))|\{policyOwner\}:policy\/\{\w+\})|\{SerialNumber\})$/,
  Sts: /^(\*|acs:ram:\*:\{account\}:role\/(\*|\{\w+\})|\{RoleArn\})$/,
  Location: /^\*$/,
  ActionTrail: /^(\*|acs:actiontrail:\*:\{account\}:\*)$/,
  OpenSAG: /^(\*|(smartag|ccn)\/(\*|\{\w+\})|acs:opensag:\*:\{account\}:\w+\/(\*|\{\w+\}))$/,
}

for (const api of platformApis) {
  if (api.product === 'Smartag') throw new Error('SmartAG has a registry of its own.')
  testRegistry({ api, folder: join(here, serviceOf(api)), resource: resourceOf[api.product] })
}

test('each folder is a product, but for what their tests have in common', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = [...[...apis.values()].map(serviceOf), 'testing']
  expect(folders.map(({ name }) => name).sort()).toEqual(names.sort())
})

test('each folder of RAM is a family with a title', () => {
  const folders = readdirSync(join(here, 'ram'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(ramFamilies).sort())
})

test('a version and a name each say which API and operation is meant', () => {
  expect(apis.size).toBe(platformApis.length + 1)
  expect([...apis.values()]).toContain(smartag)
  const names = allOperations.map(({ name }) => name)
  expect([...new Set(names)].sort()).toEqual([...names].sort())
})

test('a read of ours that shows what SmartAG knows of an instance is granted with an action of SmartAG', () => {
  const reads = allOperations.filter(({ family, access }) => family === 'opensag' && access.level !== 'Write')
  const actions = new Set([...smartag.operations.values()].map(({ access }) => access.action))
  const without = reads.filter(({ access }) => !actions.has(access.standsFor ?? 'none:None')).map(({ name }) => name)
  // What policies say, who is logged on, and mails with passwords in them: SmartAG shows none of it to anybody. The trail has a
  // published action of its own.
  expect(without).toEqual([
    'EvaluateAccess',
    'EvaluateOwnAccess',
    'ListConsoleSessions',
    'ListOutboxMails',
    'SearchAuditEvents',
  ])
  for (const { standsFor } of reads.map(({ access }) => access)) {
    const level = [...smartag.operations.values()].find(({ access }) => access.action === standsFor)?.access.level
    expect(level).not.toBe('Write')
  }
})

test('a list that can be shown in part is about all of its type, as is a sum, which cannot', () => {
  for (const { name, access } of allOperations) {
    const type = access.lists ?? access.sums
    if (type !== undefined) expect({ name, on: access.resource }).toEqual({ name, on: `${type}/*` })
    // How many there may be is not a list: a part of the number would be a wrong one.
    if (name.endsWith('UseLimit')) continue
    if (access.level !== 'Write' && /^(smartag|ccn)\/\*$/.test(String(access.resource))) {
      expect({ name, type }).not.toEqual({ name, type: undefined })
    }
  }
})

test('no reason is given for an error that is not declared', () => {
  for (const [name, codes] of Object.entries(unreached)) {
    const declared = Object.keys(allOperations.find((operation) => operation.name === name)?.errors ?? {})
    expect(declared, name).toEqual(expect.arrayContaining(Object.keys(codes)))
    for (const { en, zh } of Object.values(codes)) expect([en, zh]).not.toContain('')
  }
})
