import { join } from 'node:path'
import type { Group } from '../groups.ts'
import { play } from '../load/own.ts'
import { inside, startOpenSag, unpaced } from '../peers.ts'
import { post, postV3, signedForm } from '../sign.ts'
import { openSite, readForm, type Site, writeForm, writeParams } from '../site.ts'
import { callers } from '../workload.ts'
import type { Row } from './row.ts'

const row: Row = {
  id: 'soak-memory',
  about: { en: 'memory after a million mixed calls ÷ after ten thousand', zh: '一百万次混合调用后的内存 ÷ 一万次后' },
  better: 'less',
  goal: 1.1,
}
const first = 10_000
const [few, all] = [60_000, 1_000_000]
const chunk = callers * 40

export const soakGroup: Group = {
  name: 'soak',
  rows: [row],
  withinMs: ({ long }) => (long ? 60 : 5) * 60_000,
  async measure(_chosen, { options: { root, long }, folder, say }) {
    const calls = long ? all : few
    const data = join(folder, 'soak')
    const flags = [...unpaced, '--log-level', 'fatal']
    const peer = await startOpenSag(root, data, { nodeFlags: inside, flags })
    try {
      const site = await openSite(peer, data)
      let done = await callUntil(site, 0, first)
      const early = (await peer.ask('memory')) as number
      for (let part = 1; part <= 10; part++) {
        done = await callUntil(site, done, (calls * part) / 10)
        say(`${done} calls: ${((await peer.ask('memory')) as number).toFixed(1)} MiB`)
      }
      const late = (await peer.ask('memory')) as number
      const from = `${late.toFixed(0)} MiB after ${done}, nonces that still count included; ${early.toFixed(0)} MiB after ${first}`
      const measured = { row, value: late / early, noise: 0.03, from }
      return [long ? measured : { ...measured, scale: { en: `after ${few}`, zh: `${few} 次后` } }]
    } finally {
      await peer.stop()
    }
  },
}

async function callUntil(site: Site, done: number, count: number): Promise<number> {
  let made = done
  while (made < count) {
    const requests = Array.from({ length: callers }, (_, caller) =>
      Array.from({ length: chunk / callers }, (_, turn) => mixed(site, made + turn * callers + caller)),
    )
    await play(site.peer.port, requests)
    made += chunk
  }
  return made
}

/** Writes in both signatures, reads, lists, and calls that are refused: by the rules, by the signature, by policy. */
function mixed(site: Site, turn: number): Buffer {
  const { peer, user } = site
  const host = `127.0.0.1:${peer.port}`
  switch (turn % 8) {
    case 0:
    case 1:
      return post(host, writeForm(site, turn))
    case 2:
      return postV3(host, user, 'ModifySmartAccessGateway', writeParams(site, turn))
    case 3:
      return post(host, signedForm(user, 'DescribeSmartAccessGateways', { PageSize: '10', Name: `branch-${turn}` }))
    case 4:
      return post(host, signedForm(user, 'ModifySmartAccessGateway', { SmartAGId: `sag-none${turn}`, Name: '-' }))
    case 5:
      return post(host, `${writeForm(site, turn)}x`)
    case 6:
      return post(host, signedForm(user, 'DeleteSmartAccessGateway', { InstanceId: `sag-none${turn}` }))
    default:
      return post(host, readForm(site, turn))
  }
}
