// `npm test`: install, build and run every test. What tests need beyond npm is installed when that is possible
// (root on Debian or Ubuntu); otherwise those tests are skipped by name with the command that would enable them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, root } from './support/prepare.js'
import { installSystemPackages } from './support/system-packages.js'

prepare()
installSystemPackages()

const folder = mkdtempSync(join(tmpdir(), 'opensag-test-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ['ignore', 1, 2], env: { ...process.env, NO_COLOR: '1' } },
)

const outcome = readReport()
rmSync(folder, { recursive: true, force: true })
for (const name of outcome.failed) console.log(`failed: ${name}`)
for (const name of outcome.skipped) console.log(`skipped: ${name}`)
const skips = outcome.skipped.length > 0 ? `, ${outcome.skipped.length} skipped` : ''
console.log(`${outcome.passed} passed, ${outcome.failed.length} failed${skips}`)

const skipFails = process.env.OPENSAG_FAIL_ON_SKIP === '1' && outcome.skipped.length > 0
process.exitCode = status === 0 && outcome.failed.length === 0 && outcome.passed > 0 && !skipFails ? 0 : 1

function readReport() {
  const found = { passed: 0, failed: [], skipped: [] }
  let results
  try {
    results = JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch (error) {
    return { ...found, failed: [`the test runner left no report (${error.message})`] }
  }
  for (const file of results) {
    // A file that could not even be loaded has no tests, and is a failure all the same.
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      found.failed.push(file.name)
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') found.passed += 1
      else if (test.status === 'failed') found.failed.push(test.fullName)
      else found.skipped.push(test.fullName)
    }
  }
  return found
}
