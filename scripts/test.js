// `npm test`: install, build and run every test. What tests need beyond npm is installed when that is possible
// (root on Debian or Ubuntu); otherwise those tests are skipped by name with the command that would enable them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { installNodes } from './support/nodes.js'
import { prepare, root } from './support/prepare.js'
import { installSystemPackages } from './support/system-packages.js'

prepare()
installSystemPackages()
installNodes()

const folder = mkdtempSync(join(tmpdir(), 'opensag-test-'))
const report = join(folder, 'outcome.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
// Leads a process group, so that a signal to this program alone ends the servers that tests started too.
const runner = spawn(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=./scripts/support/outcome-reporter.js', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: ['ignore', 1, 2],
    env: { ...process.env, NO_COLOR: '1', OPENSAG_TEST_OUTCOME: report },
    detached: true,
  },
)
const closed = once(runner, 'close')
const interrupted = new Promise((tell) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => tell(signal))
})
const signal = await Promise.race([closed.then(() => undefined), interrupted])
if (signal) await endEarly(signal)
const [status] = await closed

const outcome = readReport()
// A part of the mutants, with all tests only: whoever names some wants to hear of those.
if (process.argv.length === 2 && status === 0) await huntMutants()
rmSync(folder, { recursive: true, force: true })
// An error outside every test, such as a rejection nobody awaited.
if (status !== 0 && outcome.failed.length === 0) outcome.failed.push(`the test runner ended with ${status}`)
for (const name of outcome.failed) console.log(`failed: ${name}`)
for (const name of outcome.skipped) console.log(`skipped: ${name}`)
const skipFails = process.env.OPENSAG_FAIL_ON_SKIP === '1' && outcome.skipped.length > 0
const consequence = skipFails ? ', which fails this run (OPENSAG_FAIL_ON_SKIP=1)' : ''
if (outcome.skipped.length > 0) console.log(`${outcome.skipped.length} skipped${consequence}`)
console.log(`${outcome.passed} passed, ${outcome.failed.length} failed`)
process.exitCode = outcome.failed.length === 0 && outcome.passed > 0 && !skipFails ? 0 : 1

/** Adds to the outcome whether the tests notice mistakes. `npm run mutants` runs all of them. */
async function huntMutants() {
  const hunt = spawn(process.execPath, [join(root, 'scripts', 'mutants.js'), '--part'], {
    cwd: root,
    stdio: ['ignore', 1, 2],
  })
  const ended = await Promise.race([
    once(hunt, 'close').then(([code]) => ({ code })),
    interrupted.then((signal) => ({ signal })),
  ])
  if (ended.signal) {
    // What it started ends with it.
    hunt.kill()
    await endEarly(ended.signal)
  }
  if (ended.code === 0) outcome.passed += 1
  else outcome.failed.push('a part of the mutants (npm run mutants -- --part)')
}

/** Lets the runner and what tests started end by themselves for a moment, then ends what is left. */
async function endEarly(signal) {
  console.error(`Interrupted by ${signal}.`)
  toGroup('SIGINT')
  await Promise.race([closed, pause(5000)])
  toGroup('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  process.exit(128 + constants.signals[signal])
}

function toGroup(signal) {
  try {
    process.kill(-runner.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch (error) {
    return { passed: 0, failed: [`the test runner left no report (${error.message})`], skipped: [] }
  }
}
