// The sandbox that pictures are taken of: a real one, in a data folder of its own.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../prepare.js'

const program = join(root, 'packages/cli/bin/opensag.js')

/** Starts it, and resolves when its gateways are online. */
export async function startSandbox() {
  const data = mkdtempSync(join(tmpdir(), 'opensag-gallery-'))
  const options = ['sandbox', '--data', data, '--port', '0', '--json', '--until-stdin-ends', '--log-level', 'error']
  const running = spawn(process.execPath, [program, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => running.once('exit', resolve))
  const ready = new Promise((resolve) => createInterface(running.stdout).once('line', resolve))
  await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`The sandbox ended with ${code} before it was ready.`)
    }),
  ])
  return {
    data,
    ...JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')),
    async stop() {
      running.stdin.end()
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}
