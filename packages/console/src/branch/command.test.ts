import { expect, test } from 'vitest'
import { enrolmentCommand, inventoryCommand, isOwnMachine } from './command.ts'

const box = { origin: 'https://sag.example.com', serial: 'sag0000001', model: 'sag-1000' }

test('the key is on the standard input, never in the command line', () => {
  expect(enrolmentCommand({ ...box, key: 'k-1' })).toBe(
    "opensag agent --server wss://sag.example.com --serial sag0000001 --model sag-1000 --data /var/lib/opensag-agent --enrolment-key-file - <<'KEY'\nk-1\nKEY",
  )
  expect(enrolmentCommand(box)).toMatch(/--enrolment-key-file -$/)
})

test('a server on this machine is reached without TLS, an address of IPv6 is quoted', () => {
  expect(enrolmentCommand({ ...box, origin: 'http://[::1]:7250' })).toContain("--server 'ws://[::1]:7250' ")
})

test.each([
  ['http://127.0.0.1:7250', true],
  ['http://localhost', true],
  ['http://[::1]:1', true],
  ['https://localhost.example.com', false],
  ['https://sag.example.com', false],
])('%s is this machine: %s', (origin, own) => {
  expect(isOwnMachine(origin)).toBe(own)
})

test('a sandbox simulates what it is not told to leave alone', () => {
  expect(inventoryCommand({ ...box, isSandbox: false })).toBe(
    'opensag operator device add --serial sag0000001 --model sag-1000',
  )
  expect(inventoryCommand({ ...box, isSandbox: true })).toMatch(/ --real$/)
})
