import { expect, test } from 'vitest'
import { exportAddress, onlyPath, onlyRequest } from './export.ts'
import { type FormValues, sampleCall } from './form.ts'
import { passwordOperation as operation } from './password-operation.suite.ts'
import type { Found } from './reference.ts'

const family = { id: 'device-access', title: { en: '', zh: '' }, operations: [operation] }
const api = { product: 'Smartag', version: '2018-03-13', title: { en: '', zh: '' }, families: [family] } as const
const found: Found = { api, family, operation }

const callOf = (values: FormValues): ReturnType<typeof sampleCall> =>
  sampleCall(api, operation, values, { endpoint: '', regionId: '' })

test('each API has its address, in either language', () => {
  expect(exportAddress('openapi', 'OpenSAG', 'en')).toBe('/openapi/opensag.json')
  expect(exportAddress('postman', 'Smartag', 'zh')).toBe('/postman/smartag.zh-CN.json')
})

test('an OpenAPI document of one operation has its path and its tag', () => {
  const document = {
    openapi: '3.1.1',
    tags: [{ name: 'device-access' }, { name: 'acl' }],
    paths: { '/#Action=ModifySAGAdminPassword': { post: {} }, '/#Action=CreateACL': { post: {} } },
  }
  expect(onlyPath(document, found)).toEqual({
    openapi: '3.1.1',
    tags: [{ name: 'device-access' }],
    paths: { '/#Action=ModifySAGAdminPassword': { post: {} } },
  })
})

test('a Postman collection of one operation has the form, with a variable for a secret', () => {
  const pair = (key: string, value: string): { readonly key: string; readonly value: string } => ({ key, value })
  const head = [pair('Action', operation.name), pair('Version', api.version)]
  const requestOf = (more: readonly ReturnType<typeof pair>[]): object => ({
    name: operation.name,
    request: { method: 'POST', body: { mode: 'urlencoded', urlencoded: [...head, ...more] } },
  })
  const sample = requestOf([pair('SmartAGId', 'sag-sample')])
  const collection = {
    variable: [pair('endpoint', 'http://127.0.0.1:7240')],
    item: [
      { name: 'device-access', item: [sample] },
      { name: 'acl', item: [] },
    ],
  } as Parameters<typeof onlyRequest>[0]
  expect(onlyRequest(collection, found, callOf({ SmartAGId: 'sag-1', Password: 'Never_exported1' }))).toEqual({
    variable: [pair('endpoint', 'http://127.0.0.1:7240'), pair('PARAM_PASSWORD', '')],
    item: [
      {
        name: 'device-access',
        item: [requestOf([pair('SmartAGId', 'sag-1'), pair('Password', '{{PARAM_PASSWORD}}')])],
      },
    ],
  })
  expect(onlyRequest(collection, found, callOf({})).item).toEqual([{ name: 'device-access', item: [sample] }])
})
