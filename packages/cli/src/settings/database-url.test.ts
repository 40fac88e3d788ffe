import { expect, test } from 'vitest'
import { databaseUrl, holdsPassword, withoutPassword } from './database-url.ts'

test.each([
  ['postgres://u:secret@h/d', 'postgres://u:***@h/d'],
  ['postgresql://u:secret@h:5432/d?sslmode=verify-full', 'postgresql://u:***@h:5432/d?sslmode=verify-full'],
  ['postgres://u@h/d?password=secret', 'postgres://u@h/d?password=***'],
  ['postgres://u@h/d?sslpassword=secret', 'postgres://u@h/d?sslpassword=***'],
  ['postgres://u:secret@one:1,two:2/d', 'no URL of a database'],
  ['host=h user=u password=secret', 'no URL of a database'],
])('the password of %s is noticed and not shown', (text, shown) => {
  expect(holdsPassword(text)).toBe(true)
  expect(withoutPassword(text)).toBe(shown)
})

test.each(['postgres://u@h/d', 'postgres:///d', 'postgres://h:5432/d', 'postgres://u@h:5432/d'])(
  '%s holds no password and is shown as it is',
  (text) => {
    expect(holdsPassword(text)).toBe(false)
    expect(withoutPassword(text)).toBe(text)
  },
)

test.each(['', 'h', 'mysql://h/d', 'http://h/d'])('"%s" is no URL of a database', (text) => {
  expect(databaseUrl(text)).toBeUndefined()
})
