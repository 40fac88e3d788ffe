import type { CorpusEntry } from '../corpus.ts'

/** Schedules of several nodes: a node acts for a gateway that a newer one has; a gateway hears nothing for long. */
export const nodesCorpus: readonly CorpusEntry[] = [
  {
    name: 'report-to-an-earlier-node',
    subject: 'nodes',
    about:
      'The node that holds the connection freezes with a report before it. The gateway connects to another node, ' +
      'the first one wakes, and writes that report over what the gateway has told since.',
    events: [
      'set-up:0',
      'a quiet while:0',
      'a node freezes:57',
      'a person changes a setting at a gateway:48',
      'a node freezes:38',
      'a quiet while:42',
      'a gateway comes to another node:40',
      'a node wakes:11',
      'a quiet while:62',
    ],
  },
  {
    name: 'promise-of-an-earlier-node',
    subject: 'nodes',
    about:
      'A node freezes with a request to synchronise before it, and wakes when another node has the connection: it ' +
      'promises, in the name of a gateway it does not have, that what a person set is agreed on.',
    events: [
      'set-up:0',
      'a quiet while:54',
      'a person changes a setting at a gateway:22',
      'a quiet while:35',
      'an operation tells a gateway something:46',
      'a gateway loses power:29',
      'a node freezes:16',
      'a quiet while:44',
    ],
  },
  {
    name: 'restart-told-to-an-earlier-node',
    subject: 'nodes',
    about:
      'The word of a gateway that it restarts waits for a store that its node does not reach. It is recorded after ' +
      'the gateway has connected to another node: the row says that it restarts, and it does not.',
    events: [
      'set-up:63',
      'a quiet while:0',
      'a node is cut off from the store:2',
      'a call:21',
      'a gateway is led to another node:63',
      'a node is cut off from the store:30',
      'an operation tells a gateway something:25',
      'a way to the store is open again:51',
      'a quiet while:38',
    ],
  },
  {
    name: 'answer-of-an-earlier-node',
    subject: 'nodes',
    about:
      'A node that is cut off from the bus keeps a connection that the gateway has left, and answers a call about ' +
      'it when the time of the proof is over. Another node has had the connection for long.',
    events: [
      'set-up:10',
      'a quiet while:0',
      'a gateway comes to another node:63',
      'a gateway is led to another node:11',
      'a node is cut off from the bus:5',
      'a gateway comes to another node:49',
      'a call:11',
      'a gateway is led to another node:60',
      'a quiet while:37',
    ],
  },
  {
    name: 'asked-of-an-earlier-connection',
    subject: 'nodes',
    about:
      'A node that was cut off from the bus still has a connection that its gateway has left. Once it is reached again, it ' +
      'is asked beside the node that has the gateway now, and answers first.',
    events: [
      'set-up:2',
      'a quiet while:0',
      'a node is cut off from the bus:0',
      'a gateway comes to another node:0',
      'a quiet while:0',
      'a mail between nodes is lost:0',
      'a call:4',
    ],
  },
  {
    name: 'last-word-lost',
    subject: 'nodes',
    about:
      'The word that a password counts is lost, and nothing is sent after it. The gateway misses it with the next ' +
      'frame, whenever a clock sends that, and settles with the next connection.',
    events: [
      'set-up:0',
      'a quiet while:62',
      'a call:44',
      'a disk fails the next write:31',
      'a person changes a setting at a gateway:57',
      'the store goes on:53',
      'the store answers:5',
      'a frame arrives at the gateway:36',
      'a disk goes on:63',
      'a disk goes on:23',
      'a disk goes on:55',
      'a disk goes on:60',
      'a disk goes on:43',
      'a disk goes on:61',
      'a frame arrives at the server:19',
      'the store goes on:41',
      'the store answers:42',
      'a frame is lost:44',
    ],
  },
]

export const nodesName = 'nodes'

export const nodesEntries: readonly string[] = nodesCorpus.map(({ name }) => name)
