// OpenSAG as a container of Testcontainers. It is apart from the rest of the package, for testcontainers is not installed with it.
import { smartagClient } from '@opensag/smartag-client'
import { AbstractStartedContainer, GenericContainer, Wait } from 'testcontainers'

const port = 7240
const credentials = '/var/lib/opensag/credentials.json'

export class OpenSagContainer extends GenericContainer {
  constructor(image) {
    super(image)
    this.withExposedPorts(port)
      .withCommand(['sandbox', '--json'])
      // Testcontainers is the way in, so the port of the container is without TLS.
      .withEnvironment({ OPENSAG_TRUSTED_PROXY: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16' })
      .withWaitStrategy(Wait.forLogMessage(/"ready":true/))
      .withStartupTimeout(120_000)
  }

  withRegion(regionId) {
    return this.withEnvironment({ OPENSAG_REGION: regionId })
  }

  async start() {
    const started = await super.start()
    try {
      const { regionId, accountId, ...pair } = JSON.parse(await textOf(started, credentials))
      const key = { accessKeyId: pair.accessKeyId, accessKeySecret: pair.accessKeySecret }
      const endpoint = `http://${started.getHost()}:${started.getMappedPort(port)}`
      const client = smartagClient({ endpoint, key })
      return new StartedOpenSagContainer(started, {
        endpoint,
        regionId,
        accountId,
        key,
        client,
        gateways: await gatewaysOf(client, regionId),
      })
    } catch (error) {
      await started.stop()
      throw error
    }
  }
}

export class StartedOpenSagContainer extends AbstractStartedContainer {
  constructor(started, facts) {
    super(started)
    Object.assign(this, facts)
  }

  gateway(name) {
    const found = this.gateways.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There is no gateway ${name}.`)
    return found
  }

  async operator(...args) {
    const { exitCode, stdout, stderr } = await this.exec(['opensag', 'operator', ...args, '--json'])
    if (exitCode !== 0) throw new Error(`opensag operator ${args.join(' ')} ended with ${exitCode}: ${stderr}`)
    return JSON.parse(stdout)
  }
}

/** There is no shell in the image, and no `cat`. */
async function textOf(started, path) {
  const program = `process.stdout.write(require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`
  const { exitCode, stdout, stderr } = await started.exec(['node', '-e', program])
  if (exitCode !== 0) throw new Error(`${path} cannot be read: ${stderr}`)
  return stdout
}

async function gatewaysOf(client, RegionId) {
  const page = await client.call('DescribeSmartAccessGateways', { RegionId, PageSize: 50 })
  return page.SmartAccessGateways.SmartAccessGateway.flatMap(({ Name: name, SmartAGId: instanceId, SerialNumber }) =>
    // One without is not a gateway: it is for remote users.
    SerialNumber ? [{ name, instanceId, serials: SerialNumber.split(',') }] : [],
  )
}
