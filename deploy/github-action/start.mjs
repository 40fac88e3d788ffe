// The step of the action: installs OpenSAG, starts a sandbox that goes on after it, and tells the steps that follow where it is.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fail, input, mask, save, setEnvironment, setOutput } from './runner.mjs'

const patienceMs = 120_000

async function start() {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP, 'opensag-'))
  save('folder', folder)
  const program = install(folder, input('package'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const output = join(folder, 'ready.json')
  const log = join(folder, 'opensag.log')
  const flags = ['sandbox', '--json', '--port', '0', '--data', data, '--region', input('region')]
  // It goes on when this step has ended, so it has no pipe of it.
  const sandbox = spawn(process.execPath, [program, ...flags], {
    detached: true,
    stdio: ['ignore', openSync(output, 'w'), openSync(log, 'w')],
  })
  save('pid', String(sandbox.pid))
  let end
  sandbox.once('exit', (code) => {
    end = code ?? 'a signal'
  })
  sandbox.once('error', ({ message }) => {
    end = message
  })
  const until = Date.now() + patienceMs
  while (!readFileSync(output, 'utf8').endsWith('\n')) {
    if (end !== undefined) throw new Error(`opensag ended with ${end}:\n${readFileSync(log, 'utf8')}`)
    if (Date.now() > until)
      throw new Error(`opensag was not ready in ${patienceMs / 1000} s:\n${readFileSync(log, 'utf8')}`)
    await pause(50)
  }
  sandbox.unref()
  tell(JSON.parse(readFileSync(output, 'utf8')), data)
}

/** @returns the program of the package that was installed */
function install(folder, wanted) {
  const found = /\.tgz$/.test(wanted) ? resolve(process.env.GITHUB_WORKSPACE ?? '.', wanted) : wanted
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync(npm, ['install', ...options, found], { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  return join(folder, 'node_modules/opensag/bin/opensag.js')
}

function tell({ endpoint, regionId, keyFile, gateways }, data) {
  const { accessKeyId, accessKeySecret } = JSON.parse(readFileSync(keyFile, 'utf8'))
  // Before anything can print them.
  mask(accessKeyId)
  mask(accessKeySecret)
  setOutput('endpoint', endpoint)
  setOutput('region', regionId)
  setOutput('access-key-id', accessKeyId)
  setOutput('access-key-secret', accessKeySecret)
  setOutput('key-file', keyFile)
  setOutput('gateways', JSON.stringify(gateways))
  if (input('environment') === 'true') {
    setEnvironment('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId)
    setEnvironment('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret)
    setEnvironment('OPENSAG_ENDPOINT', endpoint)
    setEnvironment('OPENSAG_REGION', regionId)
    setEnvironment('OPENSAG_DATA', data)
  }
  console.log(`OpenSAG is ready at ${endpoint}, region ${regionId}, with ${gateways.length} gateways.`)
}

try {
  await start()
} catch (error) {
  fail(error.message)
}
