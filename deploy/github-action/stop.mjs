// Runs at the end of the job, whether it succeeded or not: stops the sandbox and removes its data.
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { saved } from './runner.mjs'

const patienceMs = 15_000

const pid = Number(saved('pid'))
const folder = saved('folder')
if (pid > 0) await stop(pid)
if (folder !== '') rmSync(folder, { recursive: true, force: true })

async function stop(pid) {
  // Once: a second one ends it before its data are closed.
  signal(pid, 'SIGTERM')
  const until = Date.now() + patienceMs
  while (isRunning(pid)) {
    if (Date.now() > until) signal(pid, 'SIGKILL')
    await pause(50)
  }
  console.log('OpenSAG has stopped.')
}

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** A process that nobody waits for any more stays in the list of a container without an init. */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch (error) {
    if (error.code === 'ESRCH' || error.code === 'ENOENT') return false
    throw error
  }
}
