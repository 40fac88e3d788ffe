import type { MutatedFile } from '../mutant.ts'

/** How nodes reach the gateways of one another. */
export const channelBus: readonly MutatedFile[] = [
  {
    file: '../bus/nats.ts',
    tests: ['test/several-nodes/bus-moving.test.ts'],
    changes: [
      {
        name: 'moving-is-off-line',
        breaks: 'While a node stops, password changes fail for gateways that go to another one.',
        find: '|| (await fromStore(isHeld, serial, left)) === true',
        replace: '',
      },
      {
        name: 'step-down-waits',
        breaks: 'A gateway that a stopping node has sent away is let in a second later, and calls fail meanwhile.',
        find: 'if (askedOnce) throw nobody()',
        replace: '',
      },
      {
        name: 'let-go-is-silent',
        breaks: 'A call that reached a node in the moment it let the gateway go waits in vain.',
        find: 'else linger(present.subscription, serial, epoch)',
        replace: 'else present.subscription.unsubscribe()',
      },
      {
        name: 'let-go-speaks-for-the-later',
        breaks: 'A node that let a gateway go denies it to who knows its new connection.',
        find: '(asked.epoch ?? epoch) <= epoch',
        replace: 'epoch >= 0',
      },
    ],
  },
  {
    file: '../bus/nats.ts',
    tests: ['test/several-nodes/bus-owner.test.ts'],
    changes: [
      {
        name: 'older-node-answers',
        breaks: 'A node that woke up says that a gateway is gone which another node holds.',
        find: 'if (isReplaced(serial, message.epoch)) return',
        replace: '',
      },
      {
        name: 'older-node-asks-itself',
        breaks: 'Calls at a node that woke up reach the connection its gateway has left.',
        find: 'if (served.has(serial) && !isReplaced(serial, epoch)) {',
        replace: 'if (served.has(serial)) {',
      },
      {
        name: 'older-connection-goes-on',
        breaks: 'A connection that another one has replaced is kept until its next write.',
        find: 'connection?.replaced()',
        replace: '',
      },
      {
        name: 'epoch-behind-is-refused',
        breaks: 'Nobody answers for a gateway that connected anew while it was looked up.',
        find: 'own >= epoch) return false',
        replace: 'own === epoch) return false',
      },
      {
        name: 'needs-the-store',
        breaks: 'While the store is away no gateway of another node is reached.',
        find: '.then(resolve, () => resolve(undefined))',
        replace: '.then(resolve, () => {})',
      },
    ],
  },
]
