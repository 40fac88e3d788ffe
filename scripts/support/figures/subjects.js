// What is measured: what is published of ours, and peers.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { artefacts } from './ours.js'
import { peersIn } from './peers.js'

/** @returns {Promise<{ there: object[], missing: { title: string, how: string }[] }>} */
export async function subjectsIn({ release, peers, work }) {
  const names = readdirSync(release)
  const there = []
  const missing = []
  for (const [index, { title, file, subject }] of artefacts.entries()) {
    const found = names.find((name) => file.test(name))
    if (found === undefined) missing.push({ title, how: 'npm run release' })
    else there.push(await subject(join(release, found), join(work, index === 0 ? 'npm' : `artefact-${index}`), work))
  }
  for (const peer of peersIn(peers, work)) {
    if (existsSync(peer.folder)) there.push(peer)
    else missing.push({ title: peer.title, how: peer.how })
  }
  return { there, missing }
}
