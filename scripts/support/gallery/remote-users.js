import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../prepare.js'

const password = 'Kept1_in_a_picture'
const users = ['wang.fang', 'marta.sousa', 'jo.weber']

/** People who work from elsewhere: two of them are logged on. */
export async function addRemoteUsers({ endpoint }, call, SmartAGId) {
  await call('smartag', 'ModifySmartAccessGateway', { SmartAGId, EnableSoftwareConnectionAudit: true })
  for (const UserName of users) {
    const user = { UserName, UserMail: `${UserName}@example.com`, Password: password, Bandwidth: 2000 }
    await call('smartag', 'CreateSmartAccessGatewayClientUser', { SmartAGId, ...user })
  }
  for (const user of users.slice(0, 2)) await logOn(endpoint, SmartAGId, user)
}

/** Killed once it is online, so that it does not log off. */
async function logOn(endpoint, instance, user) {
  const program = join(root, 'packages/cli/bin/opensag.js')
  const options = ['app', 'login', '--server', endpoint, '--instance', instance, '--user', user]
  const login = spawn(process.execPath, [program, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  login.stdin.end(password)
  let said = ''
  for await (const chunk of login.stdout) {
    said = String(chunk)
    break
  }
  login.kill('SIGKILL')
  if (!said.startsWith('Online')) throw new Error(`The remote user ${user} could not log on: ${said}`)
}
