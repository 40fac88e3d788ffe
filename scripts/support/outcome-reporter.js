// What became of each test, for scripts/test.js. Vitest's own JSON does not say in which project, hence on which database,
// a test ran.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './prepare.js'

export default class OutcomeReporter {
  onTestRunEnd(modules) {
    const outcome = { passed: 0, failed: [], skipped: [] }
    for (const module of modules) {
      const file = `${relative(root, module.moduleId)} (${module.project.name})`
      const tests = [...module.children.allTests()].map((test) => [test.fullName, test.result().state])
      // A file that could not even be loaded has no tests, and is a failure all the same.
      if (!module.ok() && tests.every(([, state]) => state !== 'failed')) outcome.failed.push(file)
      for (const [name, state] of tests) {
        if (state === 'passed') outcome.passed += 1
        else outcome[state === 'failed' ? 'failed' : 'skipped'].push(`${file}: ${name}`)
      }
    }
    writeFileSync(process.env.OPENSAG_TEST_OUTCOME, JSON.stringify(outcome))
  }
}
