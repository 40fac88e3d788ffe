import { expect, test } from 'vitest'
import { createAppClient } from './app-client.ts'
import { UsageError } from './exit.ts'

test.each(['http://127.example.com', 'http://127.0.0.1.example.com', 'http://sag.example.com', 'ftp://localhost', 'x'])(
  'a password is not sent to %s',
  (server) => {
    expect(() => createAppClient(server)).toThrow(UsageError)
  },
)

test.each(['http://127.0.0.1:7240', 'http://localhost:7240', 'http://[::1]:7240', 'https://sag.example.com'])(
  'it may be sent to %s',
  (server) => {
    expect(() => createAppClient(server)).not.toThrow()
  },
)
