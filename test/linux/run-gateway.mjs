// Run inside a box: a gateway whose administrator's password is that of the account `admin`. Takes orders on its standard
// input, a JSON text a line, and answers each with a line.
import { createInterface } from 'node:readline'
import { createFileDisk, createLinuxAccountVault, startGateway } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'

const vault = createLinuxAccountVault({ account: 'admin' })
const gateway = await startGateway({
  serial: 'sag32a30000',
  model: 'SAG-1000',
  version: '2.3.1.1',
  // Nobody is there: what is shown here needs no server.
  serverUrl: 'ws://127.0.0.1:1/channel',
  disk: await createFileDisk('/var/lib/opensag-gateway'),
  vault,
  console: { host: '0.0.0.0', port: 8080, firstVisit: 'open' },
  serviceIp: process.argv[2],
  logger: pino({ level: 'error' }, pino.destination(2)),
})
console.log(gateway.consoleUrl)

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line)
  if (order.set) await vault.replace(await vault.hash(Secret.of(order.set)))
  if (order.reset) await gateway.pressReset('password')
  console.log('done')
}
await gateway.stop()
