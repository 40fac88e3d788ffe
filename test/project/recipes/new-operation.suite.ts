// Runs as a test in a copy of the tree in which the recipe for a new operation was followed.
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { callCommand } from '../../../packages/cli/src/commands/call.ts'
import { apis } from '../../../packages/server/src/apis/registry.ts'
import { openHarness } from '../../../packages/server/src/apis/testing/harness.suite.ts'
import { apiReference } from '../../../packages/server/src/reference/api-reference.ts'
import { platformPages } from '../../../packages/server/src/reference/platform-pages.ts'
import { doorOptions, key, now, openDoor } from '../../../packages/server/src/rpc/testing/door.suite.ts'
import { signV1, urlencoded } from '../../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../../packages/server/src/sealing/sealing.ts'

const name = 'CountInstances'

test('the generated pages describe the operation in both languages', () => {
  const pages = platformPages()
  expect(pages.get('platform-operations.md')).toContain('Count the instances of the account in a region.')
  expect(pages.get('platform-operations.zh-CN.md')).toContain('统计账号在某地域的实例数。')
})

test('the machine-readable reference has the operation with its parameters', () => {
  const text = JSON.stringify(apiReference([...apis.values()]))
  expect(text).toContain(`"${name}"`)
})

test('the help of `opensag call` lists the operation', () => {
  const help: string[] = []
  callCommand()
    .configureOutput({ writeOut: (text) => help.push(text) })
    .outputHelp()
  expect(help.join('')).toContain(`\n  ${name}\n`)
})

test('a signed call over HTTP is answered', async () => {
  const { store, ...world } = await openHarness()
  const sealer = createSealer(randomBytes(32))
  const door = await openDoor({ ...doorOptions({ apis, sealer }), store: store as never })
  try {
    const accountId = '1234567890123456'
    await store.write((tx) =>
      tx.insertInto('account').values({ id: accountId, name: accountId, created_at: 0 }).execute(),
    )
    await world.addInstance({ accountId })
    const asked = { RegionId: 'cn-shanghai' }
    const call = signV1(key, { ...asked, Action: name, Version: '2026-12-01' }, { now })
    const response = await fetch(`http://127.0.0.1:${door.port}/?${urlencoded(call)}`, { method: 'POST' })
    expect([response.status, await response.json()]).toEqual([200, { Count: 1, RequestId: expect.any(String) }])
  } finally {
    await door.close()
    await world.close()
  }
})
