// Many simulated gateways with their local consoles, in a process of their own. Told by messages of its parent; ends with it.
import { startSimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'

process.once('disconnect', () => process.exit(0))
process.once('message', async ({ serverUrl, ca, gateways }) => {
  const fleet = await startSimulatedFleet({
    serverUrl,
    ca,
    gateways: gateways.map((one) => ({ ...one, enrolmentKey: Secret.of(one.enrolmentKey) })),
    consoles: true,
    logger: pino({ level: 'error' }, pino.destination(2)),
  })
  process.on('message', () => process.send(fleet.list()))
  process.send('started')
})
