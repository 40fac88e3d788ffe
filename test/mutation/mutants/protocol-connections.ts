import type { MutatedFile } from '../mutant.ts'

const at = 'packages/protocol/src'

export const protocolConnections: readonly MutatedFile[] = [
  {
    file: 'drive.ts',
    tests: [`${at}/drive.test.ts`],
    changes: [
      {
        name: 'effects-overtake',
        breaks: 'An effect is carried out before the one in front of it is done.',
        find: 'await this.carryOut(next)\n',
        replace: 'void this.carryOut(next)\n',
      },
      {
        name: 'goes-on-after-failure',
        breaks: 'Effects behind one that failed are carried out.',
        find: 'this.line.end()',
        replace: 'void this.line',
      },
      {
        name: 'idle-too-soon',
        breaks: 'What is under way counts as done.',
        find: 'this.line.waiting.some(counts) || this.underWay.some(counts)',
        replace: 'this.line.waiting.some(counts)',
      },
      {
        name: 'idle-while-working',
        breaks: 'What belongs to a change is forgotten while its last effect is under way.',
        find: 'return !this.isPumping && this.underWay.length === 0',
        replace: 'return this.underWay.length < 2',
      },
    ],
  },
  {
    file: 'admission.ts',
    tests: [`${at}/admission.test.ts`],
    changes: [
      {
        name: 'unsigned-claim',
        breaks: 'Who knows the public key of a gateway is taken for it.',
        find: 'gateway === undefined || !claim.signed',
        replace: 'gateway === undefined',
      },
      {
        name: 'enrols-without-key',
        breaks: 'Anybody enrols in the place of a gateway.',
        find: "if (claim.mode === 'enrol' && !claim.knowsEnrolmentKey) return notAdmitted",
        replace: '',
      },
      {
        name: 'second-box-enrols',
        breaks: 'A second box with the enrolment key takes the place of the first.',
        find: 'if (!hasKeys(gateway, claim)) {',
        replace: "if (!hasKeys(gateway, claim) && claim.mode === 'resume') {",
      },
      {
        name: 'half-of-the-keys',
        breaks: 'Passwords are sealed to a key the gateway did not enrol with.',
        find: ' && gateway.sealKey === claim.sealKey',
        replace: '',
      },
      {
        name: 'stale-ticket-after-enrolling-anew',
        breaks: 'A gateway that enrolled anew and lost its connection is taken for a copy.',
        find: 'if (!gateway.trusted && gateway.ticket === undefined && !isIssued(gateway, claim)) {',
        replace: 'if (false) {',
      },
      {
        name: 'enrolled-anew-without-the-key',
        breaks: 'Any box takes the place of a gateway.',
        find: "claim.mode === 'enrol' && claim.knowsReenrolmentKey === true",
        replace: "claim.mode === 'enrol' && claim.knowsReenrolmentKey !== false",
      },
      {
        name: 'no-ticket-is-known',
        breaks: 'A copy without a ticket is admitted.',
        find: '(brought !== undefined && brought === ticketNext)',
        replace: 'brought === ticketNext',
      },
      {
        name: 'old-ticket-for-ever',
        breaks: 'A copy of an older disk is admitted for ever.',
        find: 'return { ticket: confirmed, ticketNext: issued }',
        replace: 'return { ticket: issued, ticketNext: confirmed }',
      },
    ],
  },
  {
    file: 'succession.ts',
    tests: [`${at}/succession.test.ts`],
    changes: [
      {
        name: 'successor-without-a-signature',
        breaks: 'Whoever is on the connection names the next key of the server.',
        find: 'return isSuccession({ ...named, by: pins.serverKey }) ? { ...pins, successor: named.key } : pins',
        replace: 'return { ...pins, successor: named.key }',
      },
      {
        name: 'second-successor-replaces-the-first',
        breaks: 'A thief of the present key undoes every preparation.',
        find: 'if (pins.successor !== undefined) return pins',
        replace: '',
      },
      {
        name: 'chain-without-signatures',
        breaks: 'Anybody leads a gateway to a key of his own.',
        find: 'if (!isSuccession(succession)) return false',
        replace: '',
      },
      {
        name: 'chain-past-the-successor',
        breaks: 'A thief of the old key leads a gateway past the successor it has pinned.',
        find: 'if (isFirst && pins.successor !== undefined && succession.key !== pins.successor) return false',
        replace: '',
      },
      {
        name: 'switch-without-proof',
        breaks: 'A gateway drops the key of its server because somebody said so.',
        find: 'return isSignedBy(key, labelled(labels.switch, transcript), signature) ? afterWelcome(pins, key) : pins',
        replace: 'return afterWelcome(pins, key)',
      },
      {
        name: 'switch-to-any-key',
        breaks: 'A gateway goes on to a key that its own key never named.',
        find: 'if (key !== pins.successor) return pins',
        replace: '',
      },
      {
        name: 'old-key-after-the-proof',
        breaks: 'The key from before the switch is believed beside the new one.',
        find: 'return key === pins.serverKey ? pins : { serverKey: key, successor: undefined }',
        replace: 'return pins.successor === key ? pins : { serverKey: key, successor: undefined }',
      },
      {
        name: 'prepared-anew',
        breaks: 'Gateways hold a next key that the server has replaced.',
        find: "next: keys.next ?? createKeyPair('Ed25519', random)",
        replace: "next: createKeyPair('Ed25519', random)",
      },
      {
        name: 'one-label-for-both',
        breaks: 'A proof that the server switched serves as a successor, or the other way round.',
        find: "succession: 'opensag channel 1 server succession'",
        replace: "succession: 'opensag channel 1 server switch'",
      },
    ],
  },
  {
    file: 'handshake.ts',
    tests: [`${at}/handshake.test.ts`],
    changes: [
      {
        name: 'any-server',
        breaks: 'A gateway believes another server than the one it enrolled with.',
        find: 'if (pins !== undefined && !believes(pins, hello.serverKey, hello.succession ?? [])) {',
        replace: "if (pins?.serverKey === '') {",
      },
      {
        name: 'server-proves-nothing',
        breaks: 'Who repeats the hello of a server is taken for it.',
        find: 'if (!isSignedBy(hello.serverKey, labelled(labels.welcome, second), verdict.signature)) {',
        replace: "if (verdict.signature === '') {",
      },
      {
        name: 'server-without-enrolment-key',
        breaks: 'A gateway enrols with a server that does not know its key.',
        find: "if (!equalTexts(verdict.mac ?? '', expected))",
        replace: "if (!equalTexts(verdict.mac ?? '', expected) && verdict.mac !== undefined)",
      },
      {
        name: 'signature-of-another-handshake',
        breaks: 'A proof that was recorded is good for another connection.',
        find: 'return digest([Buffer.from(hello), Buffer.from(body)])',
        replace: 'return digest([Buffer.from(body)])',
        tests: [`${at}/handshake-wire.test.ts`],
      },
      {
        name: 'one-label-for-all',
        breaks: 'A signature made for one purpose serves another.',
        find: "welcome: 'opensag channel 1 server welcome'",
        replace: "welcome: 'opensag channel 1 gateway proof'",
        tests: [`${at}/handshake-wire.test.ts`],
      },
      {
        name: 'parts-run-together',
        breaks: 'Two transcripts have one digest.',
        find: 'hash.update(length).update(part)',
        replace: 'hash.update(part)',
        tests: [`${at}/handshake-wire.test.ts`],
      },
    ],
  },
  {
    file: 'link.ts',
    tests: [`${at}/link.test.ts`],
    changes: [
      {
        name: 'clear-text-after-the-handshake',
        breaks: 'What is not sealed is read on a sealed connection.',
        find: 'isBinary !== (frames !== undefined)',
        replace: 'isBinary && frames === undefined',
      },
      {
        name: 'inbox-without-bound',
        breaks: 'A peer fills the memory with messages nobody reads.',
        find: 'inbox.length >= inboxLimit',
        replace: 'inbox.length >= inboxLimit * 1000',
      },
      {
        name: 'outbox-without-bound',
        breaks: 'A peer that reads nothing fills the memory.',
        find: 'bufferedAmount > sendLimit + this.allowance',
        replace: 'bufferedAmount > sendLimit * 1000',
      },
      {
        name: 'read-after-the-end',
        breaks: 'What came before a connection ended is obeyed afterwards.',
        find: 'this.inbox.length = 0\n    if (how',
        replace: 'if (how',
      },
      {
        name: 'read-two-at-once',
        breaks: 'A message of a gateway is carried out before the one in front of it is done.',
        find: 'if (reader !== undefined && !this.isReading) void this.read(reader)',
        replace: 'if (reader !== undefined) void this.read(reader)',
      },
      {
        name: 'end-not-told-after-reading',
        breaks: 'A reader that had a message when the connection ended never hears of its end.',
        find: 'if (this.ended !== undefined) reader.failed(new LinkEnded(this.ended))\n  }\n\n  private parsed',
        replace: '}\n\n  private parsed',
      },
    ],
  },
  {
    file: 'throttle.ts',
    tests: [`${at}/throttle.test.ts`],
    changes: [
      {
        name: 'set-back-clock-locks-out',
        breaks: 'A clock that was set back locks somebody out for years.',
        find: 'Math.min(wait, failures.lastAt + wait - now)',
        replace: 'failures.lastAt + wait - now',
      },
      {
        name: 'one-guess-more',
        breaks: 'A guesser has one free try more.',
        find: 'failures.count < limits.free',
        replace: 'failures.count <= limits.free',
      },
      {
        name: 'success-clears-everybody',
        breaks: 'One right password gives everybody behind an address all tries back.',
        find: "onSuccess === 'clear' || found.count <= 1",
        replace: "onSuccess !== 'clear' || found.count <= 1",
      },
    ],
  },
]
