// `npm run docs`: writes what is generated in docs/, the READMEs and the client's types from the declarations it is about.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compile, must, prepare, root } from './support/prepare.js'
import { surfacesFolder } from './support/surfaces.js'

prepare()
const { apis } = await import('../packages/server/dist/apis/registry.js')
const { historiesModule } = await import('../packages/server/dist/reference/history/module-text.js')
const { readReleases } = await import('../packages/server/dist/reference/history/frozen-files.js')
const { surfaceOf } = await import('../packages/server/dist/reference/history/surface.js')
const histories = historiesModule(readReleases(surfacesFolder), surfaceOf([...apis.values()]))
writeFileSync(join(root, 'packages/server/src/reference/history/generated/histories.ts'), histories)
// Calls of every operation, each in a world of its own: this takes most of the time.
process.env.OPENSAG_RECORD_SAMPLES = '1'
must(process.execPath, [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  'packages/server/src/reference/recorded/recordings.test.ts',
])
// The pages are made by what is compiled; histories and recordings are part of it.
compile()
const { referencePages, withReadmeTable } = await import('../packages/server/dist/reference/operation-pages.js')
const { platformPages } = await import('../packages/server/dist/reference/platform-pages.js')
const { errorPages } = await import('../packages/server/dist/reference/error-reference.js')
const { clientTypes } = await import('../packages/server/dist/reference/client-types.js')
const { operatorPages } = await import('../packages/server/dist/reference/operator-page.js')
const { settingsPages } = await import('../packages/cli/dist/settings/reference.js')
const pages = [...referencePages(), ...platformPages(), ...errorPages(), ...operatorPages(), ...settingsPages()]
for (const [name, content] of pages) writeFileSync(join(root, 'docs', name), content)
for (const [name, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  const file = join(root, name)
  writeFileSync(file, withReadmeTable(readFileSync(file, 'utf8'), language))
}
const client = join(root, 'packages/smartag-client/src/generated')
rmSync(client, { recursive: true, force: true })
const facts = JSON.parse(readFileSync(join(root, 'test/facts/smartag-2018-03-13.facts.json'), 'utf8'))
for (const [path, content] of clientTypes([...apis.values()], facts.operations)) {
  mkdirSync(dirname(join(client, path)), { recursive: true })
  writeFileSync(join(client, path), content)
}
