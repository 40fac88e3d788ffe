// What a gateway keeps: the files of its disk, and the password of an account of its system. For each argument "name:value"
// the disk gets it, for each argument "hash" the account; each is said once it is done.
import { createFileDisk, createLinuxAccountVault } from '@opensag/agent'

const [, , data, etc, chpasswd, ...orders] = process.argv
const disk = await createFileDisk(data)
const vault = createLinuxAccountVault({ account: 'admin', etc, chpasswd: JSON.parse(chpasswd) })
for (const order of orders) {
  const [name, value] = order.split(':')
  if (value === undefined) await vault.replace(name)
  else await disk.write(name, value)
  console.log(`done ${order}`)
}
await disk.close()
