import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

function run(script: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  return runFile(join(root, 'node_modules', script), ...args)
}

function runFile(
  file: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

test('the linter finds nothing in the whole tree', () => {
  const { status, output } = run('@biomejs/biome/bin/biome', 'check', '.')
  expect(status, output).toBe(0)
})

test('no file and no export is left that nothing uses', () => {
  const { status, output } = run('knip/bin/knip.js', '--no-progress', '--no-config-hints')
  expect(status, output).toBe(0)
})

test('the type checker finds nothing, tests and benchmarks included', () => {
  expect(run('typescript/bin/tsc', '-p', 'tsconfig.test.json')).toMatchObject({ status: 0, output: '' })
})

// Their own, because what they run in has other globals.
test.each(['packages/console', 'test/console'])('the type checker finds nothing in %s', (project) => {
  expect(run('typescript/bin/tsc', '-p', project)).toMatchObject({ status: 0, output: '' })
})

test('svelte-check finds neither errors nor warnings', () => {
  const folder = join(root, 'packages/console')
  const program = join(folder, 'node_modules/svelte-check/bin/svelte-check')
  const { status, output } = runFile(program, '--workspace', folder, '--fail-on-warnings', '--output', 'machine')
  expect(status, output).toBe(0)
  expect(output).toMatch(/COMPLETED \d+ FILES 0 ERRORS 0 WARNINGS/)
})
