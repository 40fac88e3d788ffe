import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeSettings } from '../../packages/server/src/store/testing/database.suite.ts'
import { type FleetContext, startFleet } from './fleet.ts'
import { rotate, startRotate } from './program.ts'
import { newRecipient, passwordsIn } from './recipient.ts'

// A fleet whose passwords nothing else changes: of two changes within the few seconds that the endpoint's clock may be
// off, the interrupted one cannot be told, and the outcome is "unknown", rightly.
let world: FleetContext
let recipient: string
let front: Server
let passwordCalls = 0
/** Instead of the answer to a password call, once the gateway has its new password; undefined: it is passed on. */
let swallow: (() => void) | undefined

beforeAll(async () => {
  world = await startFleet({ gateways: 10, broken: 0, environmentOf: storeSettings })
  ;({ recipient } = await newRecipient(world))
  const { port } = new URL(world.key.endpoint)
  front = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const isChange = String(headers['x-acs-action']).endsWith('AdminPassword')
    if (isChange) passwordCalls += 1
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      if (isChange && swallow !== undefined) {
        answer.resume()
        return swallow()
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  front.close()
  await world.close()
})

test('a second interruption ends it at once, and what was under way is found out when it goes on', async () => {
  const place = join(world.folder, 'twice')
  const endpoint = ['--endpoint', `http://127.0.0.1:${(front.address() as AddressInfo).port}`]
  const args = ['--all', '--recipient', recipient, '--folder', place, '--canary', '4', '--growth', '1', ...endpoint]
  const running = startRotate(world, args)
  let swallowed = 0
  swallow = () => {
    swallowed += 1
    if (swallowed < 4) return
    // Two of one kind at once can arrive as one.
    running.child.kill('SIGINT')
    running.child.kill('SIGTERM')
  }
  expect(await running.code).toBe(1)
  expect({ passwordCalls, swallowed }).toEqual({ passwordCalls: 4, swallowed: 4 })

  swallow = undefined
  const { code, output } = await rotate(world, ['--resume', place, '--settle', '60s', ...endpoint])
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('10 changed') })
  // The four are not called again.
  expect(passwordCalls).toBe(10)
  const passwords = await passwordsIn(world, place)
  expect(passwords.size).toBe(10)
  for (const one of world.gateways) expect(await world.opens(one, passwords.get(one.serial) ?? '')).toBe(true)
})
