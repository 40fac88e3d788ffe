import type { Api, Operation } from '../../declare/index.ts'
import type { Language } from '../operation-pages.ts'
import { productTitles } from '../platform-pages.ts'
import { sampleParametersOf } from '../samples.ts'

/** A collection of Postman, format 2.1. */
export interface PostmanCollection {
  readonly info: { readonly name: string; readonly description: string; readonly schema: string }
  readonly variable: readonly { readonly key: string; readonly value: string }[]
  readonly event: readonly object[]
  readonly item: readonly { readonly name: string; readonly item: readonly object[] }[]
}

const about: Readonly<Record<Language, string>> = {
  en: 'Set `endpoint`, `accessKeyId` and `accessKeySecret` (and `securityToken` for a session) as variables of an environment or of this collection. Each request is signed before it is sent.',
  zh: '请在环境或本集合的变量中设置 `endpoint`、`accessKeyId` 与 `accessKeySecret`（临时身份还需 `securityToken`）。每个请求在发送前自动签名。',
}

/** One API as a Postman collection that signs by itself: every operation with the parameters of its sample. */
export function postmanCollection(api: Api, language: Language): PostmanCollection {
  const operations = [...api.operations.values()]
  const used = [...new Set(operations.map(({ family }) => family))]
  return {
    info: {
      name: `OpenSAG: ${productTitles[api.product][language]} (${api.product} ${api.version})`,
      description: about[language],
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [
      { key: 'endpoint', value: 'http://127.0.0.1:7240' },
      ...['accessKeyId', 'accessKeySecret', 'securityToken'].map((key) => ({ key, value: '' })),
    ],
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: signing } }],
    item: used.map((name) => ({
      name,
      item: operations.filter(({ family }) => family === name).map((one) => requestOf(one, api.version, language)),
    })),
  }
}

function requestOf(operation: Operation, version: string, language: Language): object {
  const sent = [['Action', operation.name], ['Version', version], ...Object.entries(sampleParametersOf(operation))]
  return {
    name: operation.name,
    request: {
      method: 'POST',
      url: '{{endpoint}}/',
      description: operation.about[language],
      body: { mode: 'urlencoded', urlencoded: sent.map(([key, value]) => ({ key, value })) },
    },
  }
}

/** V1, HMAC-SHA1 over the sorted parameters. Runs in Postman, which has `pm` and `crypto-js`. */
const signing = `const cryptoJs = require('crypto-js')
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => '%' + one.charCodeAt(0).toString(16).toUpperCase())
const need = (name) => {
  const value = pm.variables.get(name)
  if (!value) throw new Error('Set the variable ' + name + '.')
  return value
}
const random = cryptoJs.lib.WordArray.random(16).toString()
const common = {
  Format: 'JSON',
  AccessKeyId: need('accessKeyId'),
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  SignatureNonce: random,
  Timestamp: new Date().toISOString().replace(/\\.\\d+Z$/, 'Z'),
}
const token = pm.variables.get('securityToken')
if (token) common.SecurityToken = token
const body = pm.request.body.urlencoded
for (const name of [...Object.keys(common), 'SecurityToken', 'Signature']) body.remove(name)
for (const [key, value] of Object.entries(common)) body.add({ key, value })
const all = body.all().filter(({ disabled }) => !disabled)
const pairs = all.map(({ key, value }) => [key, pm.variables.replaceIn(value || '')])
pairs.sort(([one], [other]) => (one < other ? -1 : 1))
const query = pairs.map((pair) => pair.map(encode).join('=')).join('&')
const signed = cryptoJs.HmacSHA1('POST&%2F&' + encode(query), need('accessKeySecret') + '&')
body.add({ key: 'Signature', value: cryptoJs.enc.Base64.stringify(signed) })`.split('\n')
