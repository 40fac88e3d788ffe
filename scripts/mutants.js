// `npm run mutants`: runs the tests against every mutant of test/mutation. `CONTRIBUTING.md` says how to add one.
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const file = join(root, 'test', 'mutation', 'runner', 'main.ts')
const { main, serve } = (await runnerImport(file, { configFile: false, root, logLevel: 'error' })).module

if (process.argv[2] === '--serve') {
  await serve(root)
} else {
  const self = [process.execPath, fileURLToPath(import.meta.url), '--serve']
  process.exit(await main(root, self, process.argv.slice(2)))
}
