import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostmanCollection } from '../../packages/server/src/reference/openapi/postman.ts'
import { must, shell } from '../samples/tool-chain.ts'
import { instanceOf, popCore } from '../support/api.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import { formatPrograms } from './programs.ts'

let programs: string
let sandbox: Sandbox
let folder: string

beforeAll(async () => {
  programs = await formatPrograms()
  sandbox = await startSandbox()
  folder = await mkdtemp(join(tmpdir(), 'opensag-postman-'))
}, limit(600_000))
afterAll(async () => {
  await sandbox?.remove()
  await rm(folder, { recursive: true, force: true })
})

interface Answer {
  readonly name: string
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Runs a collection as Postman does, with the key pair in a file of variables. */
async function run(collection: object, secret = sandbox.accessKeySecret): Promise<readonly Answer[]> {
  const values = { endpoint: sandbox.endpoint, accessKeyId: sandbox.accessKeyId, accessKeySecret: secret }
  const variables = { values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })) }
  await writeFile(join(folder, 'collection.json'), JSON.stringify(collection))
  await writeFile(join(folder, 'variables.json'), JSON.stringify(variables), { mode: 0o600 })
  const reporter = '--reporters json --reporter-json-export report.json'
  // It ends with 1 for a request that cannot be made; an answer that refuses is none.
  await must(
    folder,
    `node ${programs}/node_modules/newman/bin/newman.js run collection.json -e variables.json ${reporter}`,
  )
  const { run: ran } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  return ran.executions.map(
    ({ item, response }: { item: { name: string }; response: { code: number; stream: { data: number[] } } }) => ({
      name: item.name,
      status: response.code,
      body: JSON.parse(Buffer.from(response.stream.data).toString('utf8')),
    }),
  )
}

async function collectionOf(product: string): Promise<PostmanCollection> {
  return (await fetch(`${sandbox.endpoint}/postman/${product}.json`)).json() as Promise<PostmanCollection>
}

/** That the front door takes no request for one of its caller. */
const notOurs = /Signature|AccessKey|^Missing|^Invalid(Action|Version|Timestamp)|Nonce/

test('every request of the collection is signed: each is answered by its operation', {
  timeout: limit(300_000),
}, async () => {
  const collection = await collectionOf('smartag')
  const answers = await run(collection)
  expect(answers).toHaveLength(collection.item.flatMap(({ item }) => item).length)
  expect(answers.filter(({ body }) => notOurs.test(String(body['Code'] ?? '')))).toEqual([])
  expect(answers.find(({ name }) => name === 'DescribeRegions')).toMatchObject({ status: 200 })
})

test('a text that needs care arrives as it was put in; a wrong secret is refused', {
  timeout: limit(120_000),
}, async () => {
  const collection = await collectionOf('smartag')
  const SmartAGId = await instanceOf(sandbox, 'sagdemo100wm')
  const awkward = "a+b &=%20*~!'()  分支 “1”"
  const sent = {
    Action: 'ModifySmartAccessGateway',
    Version: '2018-03-13',
    RegionId: 'cn-shanghai',
    SmartAGId,
    Description: '{{text}}',
    // Signed in the order of names: that of whole pairs is another one, since `.` comes before `=`.
    Other: '1',
    'Other.1': '2',
  }
  const body = { mode: 'urlencoded', urlencoded: Object.entries(sent).map(([key, value]) => ({ key, value })) }
  const item = [{ name: 'one', request: { method: 'POST', url: '{{endpoint}}/', body } }]
  const one = { ...collection, item, variable: [...collection.variable, { key: 'text', value: awkward }] }
  expect(await run(one)).toMatchObject([{ status: 200 }])
  expect(await descriptionOf(SmartAGId)).toBe(awkward)
  expect(await run(one, 'not-the-secret')).toMatchObject([{ body: { Code: 'SignatureDoesNotMatch' } }])
})

test('without a key pair it says which variable to set', { timeout: limit(60_000) }, async () => {
  await writeFile(join(folder, 'collection.json'), JSON.stringify(await collectionOf('location')))
  const { output, errors } = await shell(
    folder,
    `node ${programs}/node_modules/newman/bin/newman.js run collection.json`,
  )
  expect(output + errors).toContain('Set the variable accessKeyId.')
})

async function descriptionOf(SmartAGId: string): Promise<string | undefined> {
  const answer = await popCore(sandbox).request('DescribeSmartAccessGateways', { RegionId: 'cn-shanghai', SmartAGId })
  const { SmartAccessGateway } = answer['SmartAccessGateways'] as {
    readonly SmartAccessGateway: readonly { readonly Description: string }[]
  }
  return SmartAccessGateway[0]?.Description
}
