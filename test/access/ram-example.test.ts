import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runToEnd } from '../support/process.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { openSite, type Site } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await openSite()
  await writeFile(join(site.data, 'credentials.json'), JSON.stringify(site.credentials))
})
afterAll(() => site?.close())

test('the key of the example in the documentation may look and nothing else', async () => {
  const example = join(import.meta.dirname, '../../docs/examples/ram.mjs')
  const { code, output, errors } = await runToEnd(process.execPath, [example, 'colleague'], {
    environment: { OPENSAG_DATA: site.data },
  })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const colleague = { ...site.credentials, ...(JSON.parse(output) as { accessKeyId: string; accessKeySecret: string }) }

  const ask = (action: string, params: Readonly<Record<string, string>> = {}) =>
    send(colleague.endpoint, signedBody(colleague, action, params))
  expect(await ask('DescribeSmartAccessGateways')).toMatchObject({ status: 200, body: { TotalCount: 0 } })
  expect(await ask('CreateCloudConnectNetwork')).toMatchObject({ status: 403 })
  expect(await ask('ListUsers', { Version: '2015-05-01' })).toMatchObject({ body: { Code: 'NoPermission' } })
})
