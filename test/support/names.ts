import type { System } from '../../packages/agent/src/network/system.ts'
import { impatience, type Talker, talker } from './talk.ts'
import { limit } from './time.ts'

/**
 * A DNS server that answers every question for an address with `answer`, and writes the name and who has asked. Told `silent`, it goes on
 * writing and answers no more; told anything else, it answers again.
 *
 * @param at the address it is asked at
 */
export async function answeringNames(system: System, at: string, answer: string): Promise<Talker> {
  const server = talker(
    system,
    `const udp = require('dgram').createSocket('udp4')
     let isSilent = false
     process.stdin.on('data', (text) => { isSilent = String(text).trim() === 'silent'; console.log('told') })
     udp.on('message', (query, { address, port }) => {
       const labels = []
       for (let at = 12; query[at] !== 0; at += query[at] + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]))
       console.log(labels.join('.') + ' ' + address)
       if (isSilent) return
       const question = query.subarray(0, query.indexOf(0, 12) + 5)
       const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...'${answer}'.split('.').map(Number)]
       const reply = Buffer.concat([question, Buffer.from(record)])
       reply.writeUInt16BE(0x8180, 2)
       reply.writeUInt16BE(1, 6)
       reply.writeUInt32BE(0, 8)
       udp.send(reply, port, address)
     }).bind(53, '${at}', () => console.log('listening'))`,
  )
  await server.line()
  return server
}

/** How a host asks: as usual, or once only, where no answer should come. */
export const patiently = { timeout: limit(700), tries: 4 }
export const once = { timeout: impatience, tries: 1 }

/** The addresses a name has for a host that asks this server, or the code of the failure. */
export async function addressOf(host: System, server: string, name: string, how = patiently): Promise<string> {
  const client = talker(
    host,
    `const { Resolver } = require('dns').promises, resolver = new Resolver(${JSON.stringify(how)})
     resolver.setServers(['${server}'])
     resolver.resolve4('${name}').then((all) => all.join(), ({ code }) => code).then((text) => console.log(text))`,
  )
  const said = await client.line()
  await client.end()
  return said ?? 'nothing'
}
