import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../support/time.ts'
import { launch, lack as noBrowser } from './browser.ts'

const lack = noBrowser || (process.getuid?.() === 0 ? '' : ' (needs root)')
/** More than a browser opens connections to one server: some wait for one. */
const requests = 9
const connections = 6

describe.skipIf(lack !== '')(`the browser of tests${lack}`, () => {
  const held: ServerResponse[] = []
  let answers = false
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/slow') && !answers) held.push(response)
    else response.setHeader('content-type', 'text/html').end('<title>Slow</title>')
  })
  let browser: Awaited<ReturnType<typeof launch>>

  beforeAll(async () => {
    browser = await launch()
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  test('goes on loading while interfaces and addresses of the machine come and go', async () => {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    expect(await page.evaluate(() => [navigator.onLine, isSecureContext])).toEqual([true, true])
    const loaded = page.evaluate(
      (count) =>
        Promise.all(
          Array.from({ length: count }, (_, at) => fetch(`/slow/${at}`).then(({ status }) => status, String)),
        ),
      requests,
    )
    await until('the browser has asked', () => held.length === connections)
    plugAndUnplug()
    answers = true
    for (const response of held) response.end()
    expect(await loaded).toEqual(Array(requests).fill(200))
  })
})

function plugAndUnplug(): void {
  const name = `sag-${process.pid}`
  const script = `ip link add ${name} type veth peer name ${name}p && ip addr add 198.51.100.253/32 dev ${name} &&
ip link set ${name} up && ip link set ${name}p up && ip link del ${name}`
  const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
