import type { MutatedFile } from '../mutant.ts'

const at = 'packages/server/src/rpc'
const dispatch = [`${at}/dispatch.test.ts`]
const decode = [`${at}/decode.test.ts`]
const frontDoor = [`${at}/front-door.test.ts`]

export const rpcReading: readonly MutatedFile[] = [
  {
    file: '../declare/param.ts',
    tests: ['packages/server/src/declare/params.test.ts'],
    changes: [
      {
        name: 'default-not-parsed',
        breaks: 'A parameter that is not given is its text where the handler expects what it parses to.',
        find: 'handedDefault: converted.value',
        replace: 'handedDefault: defaultValue',
      },
      {
        name: 'rule-after-parsing',
        breaks: 'A rule of a text is asked about what the text parsed to.',
        find: "if (this.state.convert !== undefined) throw new Error('The rules of a parameter come before what it parses to.')",
        replace: '',
      },
      {
        name: 'parsed-despite-a-broken-rule',
        breaks: 'A value that a rule refuses is handed on, because it can be parsed.',
        find: 'else if (broken.length === 0) {',
        replace: 'else {',
      },
    ],
  },
  {
    file: 'decode.ts',
    tests: decode,
    changes: [
      {
        name: 'parameter-given-twice',
        breaks: 'A parameter given twice has the value nobody checked.',
        find: 'if (known !== undefined && known !== value) throw',
        replace: 'if (known !== undefined && known === null) throw',
      },
      {
        name: 'one-parameter-more',
        breaks: 'A request has one parameter more than allowed.',
        find: 'into.size > limits.parameterCount',
        replace: 'into.size > limits.parameterCount + 1',
      },
      {
        name: 'repeated-parameters-cost-nothing',
        breaks: 'A body that repeats one parameter costs any amount of work.',
        find: '++parts > limits.parameterCount',
        replace: '++parts < 0',
      },
      {
        name: 'query-without-bound',
        breaks: 'A query string longer than allowed is decoded.',
        find: "if (query.length > limits.querySize) throw gatewayError('RequestQueryTooLong')",
        replace: '',
        tests: [...decode, ...frontDoor],
      },
      {
        name: 'plus-is-plus',
        breaks: 'A space that was sent as + becomes a plus sign.',
        find: "raw.replaceAll('+', ' ')",
        replace: 'raw',
        tests: [...decode, 'test/vectors/vectors.test.ts'],
      },
      {
        name: 'invalid-utf8',
        breaks: 'Bytes that are no text become other characters than the client signed.',
        find: "if (!isUtf8(bytes)) throw gatewayError('InvalidParameter.Encoding')",
        replace: '',
      },
    ],
  },
  {
    file: 'json-body.ts',
    tests: [...decode, `${at}/fuzz.test.ts`],
    changes: [
      {
        name: 'rounded-number',
        breaks: 'A number that was rounded is taken for the one that was signed.',
        find: 'const rounded = typeof value ===',
        replace: "const rounded = value === '' && typeof value ===",
      },
      {
        name: 'empty-lists-cost-nothing',
        breaks: 'A body of empty lists costs any amount of work.',
        find: 'visited += 1\n',
        replace: 'if (typeof value !== "object") visited += 1\n',
      },
      {
        name: 'depth-found-by-parsing',
        breaks: 'A deep body costs fifty milliseconds before anybody is known to be behind it.',
        find: 'if (++depth > deepest + 1)',
        replace: 'if (++depth < 0)',
      },
      {
        name: 'members-found-by-parsing',
        breaks: 'A body of very many members is built before it is refused.',
        find: 'members > 2 * parameterCount',
        replace: 'members < 0',
      },
      {
        name: 'depth-without-bound',
        breaks: 'A deep body exhausts the stack.',
        find: 'depth > deepest || ',
        replace: '',
      },
    ],
  },
  {
    file: 'body.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'one-byte-more',
        breaks: 'A body of just the allowed size is refused.',
        find: 'if (size > bodySize)',
        replace: 'if (size >= bodySize)',
        tests: [...frontDoor, `${at}/body.test.ts`],
      },
      {
        name: 'body-without-bound',
        breaks: 'A body of any size is kept in memory.',
        find: 'if (size > bodySize)',
        replace: 'if (size > 100 * bodySize)',
        tests: [`${at}/body.test.ts`, ...frontDoor],
      },
      {
        name: 'slow-bodies-without-bound',
        breaks: 'Bodies that are sent slowly over many connections take all the memory.',
        find: 'if (taken > bodyRoom) refuse(noRoom)',
        replace: '',
        tests: [`${at}/body.test.ts`],
      },
      {
        name: 'room-not-given-back',
        breaks: 'Bodies that break off take the room of all others for ever.',
        find: 'release()\n        wipe()',
        replace: 'wipe()',
        tests: [`${at}/body.test.ts`],
      },
      {
        name: 'parts-of-bodies-left',
        breaks: 'A password stays in memory in the pieces in which its body arrived.',
        find: 'for (const chunk of chunks.splice(0)) chunk.fill(0)',
        replace: 'chunks.length = 0',
        tests: [`${at}/body.test.ts`],
      },
    ],
  },
  {
    file: 'secret-params.ts',
    tests: [`${at}/secret-params.test.ts`],
    changes: [
      {
        name: 'blank-is-a-password',
        breaks: 'A password that was sent empty, as typed clients send what is not given, is refused or set.',
        find: ' && !isBlank(value)',
        replace: '',
      },
      {
        name: 'half-a-percent-encoding',
        breaks: 'A password that was cut off is set.',
        find: 'if (Number.isNaN(value)) {',
        replace: 'if (value < 0) {',
      },
    ],
  },
  {
    file: 'answer-call.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'closing-goes-on',
        breaks: 'A server that is being stopped begins further calls.',
        find: 'const leave = gate.enter()',
        replace: 'const leave = gate.enter() ?? (() => {})',
        tests: [...frontDoor, 'packages/server/src/start.test.ts'],
      },
      {
        name: 'call-not-waited-for',
        breaks: 'A server that stops sends its gateways away under a call that it has taken.',
        find: '    try {\n      await answerTaken(request, response, source)\n    } finally {\n      leave()\n    }',
        replace: '    leave()\n    await answerTaken(request, response, source)',
        tests: ['packages/server/src/start.test.ts'],
      },
      {
        name: 'defect-as-client-fault',
        breaks: 'A fault of the server is answered as the client’s.',
        find: "refuseUnread(gatewayError('InternalError'), request, response)",
        replace: "refuseUnread(gatewayError('InvalidRequest'), request, response)",
      },
      {
        name: 'body-without-type',
        breaks: 'A body whose type is none is left aside, and the call is run without it.',
        find: 'type !== undefined && !mediaType.test(type)',
        replace: "type === '-'",
      },
    ],
  },
  {
    file: 'call-gate.ts',
    tests: [`${at}/call-gate.test.ts`],
    changes: [
      {
        name: 'gate-empty-too-early',
        breaks: 'A server stops while it answers a call.',
        find: 'if (inside === 0) resolve()',
        replace: 'if (inside >= 0) resolve()',
      },
    ],
  },
  {
    file: 'call-room.ts',
    tests: [`${at}/call-room.test.ts`, `${at}/overload.test.ts`],
    changes: [
      {
        name: 'calls-without-bound',
        breaks: 'Beyond what the server can answer, every answer comes later and later.',
        find: 'if (calls >= most) {',
        replace: 'if (calls >= 10 * most) {',
      },
      {
        name: 'place-given-back-twice',
        breaks: 'More calls than the bound are worked on, ever more with time.',
        find: 'if (isInside) leave()',
        replace: 'leave()',
      },
    ],
  },
  {
    file: 'dispatch.ts',
    tests: [`${at}/overload.test.ts`],
    changes: [
      {
        name: 'waiting-holds-room',
        breaks: 'Calls that wait for gateways keep all others out.',
        find: "if (operation.transaction === 'device') progress.onWaiting()",
        replace: '',
      },
    ],
  },
  {
    file: 'client-error.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'answers-overtake',
        breaks: 'The answer to a broken request overtakes that to the request before it.',
        find: 'await Promise.allSettled(open.filter(({ req }) => req.complete).map((response) => finished(response)))',
        replace: '',
      },
      {
        name: 'second-answer',
        breaks: 'A second answer is written into the first.',
        find: ' || answeredAlready) {',
        replace: ') {',
      },
    ],
  },
  {
    file: '../declare/param.ts',
    tests: ['packages/server/src/declare/params.test.ts'],
    changes: [
      {
        name: 'text-cut-at-nul',
        breaks: 'A call is answered with success, and only what stands before a NUL is stored.',
        find: "typeof read.value !== 'string' || isWritable(read.value)",
        replace: "typeof read.value !== 'string' || read.value !== ''",
      },
      {
        name: 'blank-changes-nothing',
        breaks: 'A change with a blank value is answered with success, and nothing is changed.',
        find: "blankRefused === true && raw.get(name)?.trim() === ''",
        replace: "blankRefused === true && raw.get(name)?.trim() === '-'",
      },
    ],
  },
  {
    file: 'encode.ts',
    tests: [`${at}/encode.test.ts`],
    changes: [
      {
        name: 'unwritable-characters',
        breaks: 'An answer in XML cannot be read because of one character in it.',
        find: '${writable(text).',
        replace: '${text.',
      },
      {
        name: 'carriage-return-as-it-is',
        breaks: 'An XML parser reads another text than was stored.',
        find: ".replaceAll('\\r', '&#13;')",
        replace: '',
      },
      {
        name: 'host-with-port',
        breaks: 'HostId has a port, which clients do not expect.',
        find: 'HostId: called.host',
        replace: 'HostId: called.address',
        tests: [`${at}/encode.test.ts`, ...dispatch, ...frontDoor],
      },
    ],
  },
  {
    file: 'called.ts',
    tests: [...dispatch, ...frontDoor],
    changes: [
      {
        name: 'any-host',
        breaks: 'The link in an answer leads wherever the Host header says, in whatever form.',
        find: 'name !== undefined && (vouched',
        replace: 'host !== undefined && (true || vouched',
        tests: [`${at}/called.test.ts`],
      },
      {
        name: 'any-name',
        breaks: 'The link in an answer leads to any site that a request names as its host.',
        find: '(vouched !== undefined || isOwn(name.toLowerCase(), own, localAddress))',
        replace: 'true',
        tests: [`${at}/called.test.ts`, 'packages/server/src/start.test.ts'],
      },
      {
        name: 'public-address-ignored',
        breaks: 'A request decides about the link although a public URL is configured.',
        find: 'own.publicAddress !== undefined',
        replace: 'false',
        tests: [`${at}/called.test.ts`, 'packages/server/src/start.test.ts'],
      },
    ],
  },
]
