// Run inside a box, to be killed: sets the hashes given on standard input one after another for ever, and says so.
import { readFileSync, writeSync } from 'node:fs'
import { createLinuxAccountVault } from '../../packages/agent/dist/vault-linux-account.js'

const hashes = readFileSync(0, 'utf8').trim().split('\n')
const vault = createLinuxAccountVault({ account: 'admin' })
for (let i = 0; ; i = (i + 1) % hashes.length) {
  writeSync(1, `begin ${i}\n`)
  await vault.replace(hashes[i])
  writeSync(1, `done ${i}\n`)
}
