import { spawnSync } from 'node:child_process'

/** What git prints; an error with its words when it fails. */
export function git(root, ...args) {
  const { ok, output } = tryGit(root, ...args)
  if (!ok) throw new Error(`git ${args[0]}: ${output}`)
  return output
}

/** The same where a failure is an answer. A remote that wants a password does not wait for one. */
export function tryGit(root, ...args) {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' }
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  })
  // A line may begin with a blank that means something.
  return status === 0
    ? { ok: true, output: stdout.trimEnd() }
    : { ok: false, output: (error?.message ?? stderr).trim() }
}
