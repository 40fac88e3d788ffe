// Writes each API of the server as OpenAPI and as a collection of Postman, in both languages, into a folder. Needs what `npm run build` compiles.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const target = resolve(process.argv[2] ?? 'dist/api')
const { apis } = await import('../packages/server/dist/apis/registry.js')
const { openApiDocument, postmanCollection } = await import('../packages/server/dist/reference/openapi/formats.js')

mkdirSync(target, { recursive: true })
for (const api of apis.values()) {
  for (const [suffix, language] of [
    ['', 'en'],
    ['.zh-CN', 'zh'],
  ]) {
    write(`openapi-${api.product.toLowerCase()}${suffix}.json`, openApiDocument(api, language))
    write(`postman-${api.product.toLowerCase()}${suffix}.json`, postmanCollection(api, language))
  }
}

function write(name, document) {
  writeFileSync(join(target, name), `${JSON.stringify(document, null, 2)}\n`)
}
