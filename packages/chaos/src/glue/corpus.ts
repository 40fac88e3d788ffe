import type { CorpusEntry } from '../corpus.ts'

/** Schedules of the real glue that once broke a promise. */
export const glueCorpus: readonly CorpusEntry[] = [
  {
    name: 'keys-not-durable',
    subject: 'glue',
    about:
      "The first write of a gateway's keys fails after the rename: they can be read, are used to enrol, and a power cut takes " +
      'them back. The gateway was refused for ever, until it wrote them again before it used them.',
    events: [
      'set-up:0',
      'a gateway starts:54',
      'a disk goes on:34',
      'a disk goes on:29',
      'a disk goes on:34',
      'a disk goes on:29',
      'a disk fails the next write:4',
      'a quiet while:6',
      'a gateway loses power:9',
    ],
  },
  {
    name: 'row-of-a-dead-node-in-the-glue',
    subject: 'glue',
    about:
      'The node that holds the connection dies after the gateway has stored the new password; the other node fails the change ' +
      'when the gateway reports it, and the row names the dead node. S2, until that took the gateway off line as well.',
    events: [
      'set-up:6',
      'a quiet while:0',
      'a call:44',
      'the store goes on:37',
      'the store answers:32',
      'a frame arrives at the gateway:8',
      'a disk goes on:7',
      'a node is killed:25',
      'a frame arrives at the gateway:47',
      'a disk goes on:48',
      'a disk goes on:31',
      'a disk goes on:22',
      'a disk goes on:43',
      'the next timer runs out:30',
      'a frame arrives at the gateway:34',
      'a frame arrives at the server:53',
      'the store goes on:52',
      'the store answers:13',
    ],
  },
]

export const glueName = 'glue'

export const glueEntries: readonly string[] = glueCorpus.map(({ name }) => name)
