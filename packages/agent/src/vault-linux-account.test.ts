import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { encrypt, verify } from 'unixcrypt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limit } from '../../../test/support/time.ts'
import { openAdminPassword } from './admin-password.ts'
import { createMemoryDisk } from './disk.ts'
import { createLinuxAccountVault, UncheckableHash } from './vault-linux-account.ts'

/** Does in a folder of ours what chpasswd does in /etc, and records how it was called. */
const fakeChpasswd = `
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const [etc, behaviour, ...args] = process.argv.slice(1)
const [account, hash] = readFileSync(0, 'utf8').trimEnd().split(':')
if (behaviour === 'hang') setInterval(() => {}, 1000)
else if (behaviour === 'fail') { console.error('chpasswd: cannot lock /etc/passwd; try again later.'); process.exit(1) }
else if (behaviour !== 'nothing') {
  const lines = readFileSync(etc + '/shadow', 'utf8').split('\\n').map((line) => {
    const [name, , ...rest] = line.split(':')
    return name === account ? [name, hash, ...rest].join(':') : line
  })
  writeFileSync(etc + '/shadow+', lines.join('\\n'))
  renameSync(etc + '/shadow+', etc + '/shadow')
}
writeFileSync(etc + '/called', JSON.stringify({ args, environment: process.env }))
`

let etc: string

beforeEach(() => {
  etc = mkdtempSync(join(tmpdir(), 'opensag-etc-'))
  writeFileSync(
    join(etc, 'shadow'),
    'root:*:19000:0:99999:7:::\nadmin:!:19000:0:99999:7:::\nadministrator:$6$x$y:1::::::\n',
  )
})

afterEach(() => rmSync(etc, { recursive: true, force: true }))

function vaultOf(behaviour = 'work', patience = limit(30_000)): ReturnType<typeof createLinuxAccountVault> {
  const chpasswd = [process.execPath, '-e', fakeChpasswd, etc, behaviour, '-e'] as const
  return createLinuxAccountVault({ account: 'admin', etc, chpasswd, patience })
}

function setEntry(entry: string): void {
  writeFileSync(join(etc, 'shadow'), `admin:${entry}:19000:0:99999:7:::\n`)
}

const other = 'Another_pass1'
const password = Secret.of('First_pass1')

describe('a change', () => {
  test('puts the hash into the line of the account and of no other', async () => {
    const vault = vaultOf()
    const hash = await vault.hash(password)
    await vault.replace(hash)
    expect(await vault.current()).toBe(hash)
    expect(readFileSync(join(etc, 'shadow'), 'utf8')).toBe(
      `root:*:19000:0:99999:7:::\nadmin:${hash}:19000:0:99999:7:::\nadministrator:$6$x$y:1::::::\n`,
    )
  })

  test('gives the hash on standard input only', async () => {
    const vault = vaultOf()
    const hash = await vault.hash(password)
    await vault.replace(hash)
    const called = readFileSync(join(etc, 'called'), 'utf8')
    expect(JSON.parse(called)).toMatchObject({ args: ['-e'] })
    expect(called).not.toContain(hash)
  })

  test('clearing leaves an entry that nothing typed can match', async () => {
    const vault = vaultOf()
    await vault.replace(await vault.hash(password))
    await vault.replace(undefined)
    expect(await vault.current()).toBeUndefined()
    expect(readFileSync(join(etc, 'shadow'), 'utf8')).toContain('admin:!:')
  })

  test('a hash that somebody else set can be brought back', async () => {
    const yescrypt = '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7'
    const vault = vaultOf()
    await vault.replace(await vault.hash(password))
    await vault.replace(yescrypt)
    expect(await vault.current()).toBe(yescrypt)
  })

  test('of two at once the later one stays', async () => {
    const vault = vaultOf()
    const [one, two] = [await vault.hash(password), await vault.hash(Secret.of(other))]
    await Promise.all([vault.replace(one), vault.replace(two)])
    expect(await vault.current()).toBe(two)
  })

  test('fails with what chpasswd says', async () => {
    const vault = vaultOf('fail')
    await expect(vault.replace(await vault.hash(password))).rejects.toThrow('cannot lock /etc/passwd')
    expect(await vault.current()).toBeUndefined()
  })

  test('fails when chpasswd never ends', async () => {
    const vault = vaultOf('hang', 300)
    await expect(vault.replace(await vault.hash(password))).rejects.toThrow('SIGKILL')
  })

  test('fails when chpasswd ends well and the file says otherwise', async () => {
    const vault = vaultOf('nothing')
    await expect(vault.replace(await vault.hash(password))).rejects.toThrow('another hash')
  })

  test('fails when there is no such program', async () => {
    const vault = createLinuxAccountVault({ account: 'admin', etc, chpasswd: ['/nonexistent/chpasswd'] })
    await expect(vault.replace(await vault.hash(password))).rejects.toThrow('/nonexistent/chpasswd')
  })

  test.each(['plain', '$6$a$b', `$6$salt$${'a'.repeat(86)}\nroot:x`, '!', '!!', '*', '', '!a\nroot:x', '!a:b'])(
    'takes nothing but a hash: %j',
    async (hash) => {
      await expect(vaultOf().replace(hash)).rejects.toThrow(TypeError)
    },
  )

  test('sweeps what killed runs left, and only that', async () => {
    const { pid } = spawnSync('true')
    for (const [name, content] of [
      [`shadow.${pid}`, `${pid}\0`],
      [`passwd.${pid}`, ''],
      [`shadow.${process.pid}`, `${process.pid}`],
      [`group.${pid}`, `${pid}`],
      ['shadow.99999999', 'a copy somebody made'],
    ] as const) {
      writeFileSync(join(etc, name), content)
    }
    const vault = vaultOf()
    await vault.replace(await vault.hash(password))
    expect(readdirSync(etc).sort()).toEqual(
      ['called', `group.${pid}`, 'shadow', `shadow.${process.pid}`, 'shadow.99999999'].sort(),
    )
  })
})

describe('the entry', () => {
  test.each(['!$6$salt$locked', '!!$y$j9T$abc$def', '!*', '*LK*'])(
    '%j means that one is set that nobody can use, and it can be brought back as it was',
    async (entry) => {
      setEntry(entry)
      const vault = vaultOf()
      expect(await vault.current()).toBe(entry)
      expect(await vault.verify(password, entry)).toBe(false)
      await vault.replace(await vault.hash(password))
      await vault.replace(entry)
      expect(await vault.current()).toBe(entry)
    },
  )

  test('of a locked account does not open the first setup', async () => {
    setEntry('!$6$salt$locked')
    const admin = await openAdminPassword({ disk: createMemoryDisk(), vault: vaultOf() })
    expect(admin.isSet()).toBe(true)
    expect(await admin.setFirst(password)).toBe(false)
    expect(await admin.verify(password)).toBe(false)
  })

  test.each(['', '!', '*', '!!'])('%j means that no password is set', async (entry) => {
    setEntry(entry)
    expect(await vaultOf().current()).toBeUndefined()
  })

  test('of an account that does not exist is an error, as is an unreadable file', async () => {
    await expect(createLinuxAccountVault({ account: 'nobody-here', etc }).current()).rejects.toThrow('no account')
    rmSync(join(etc, 'shadow'))
    await expect(vaultOf().current()).rejects.toThrow('ENOENT')
  })

  test.each(['root:x', 'Admin', '', 'a b', '-e', 'ä'])('%j is no name of an account', (account) => {
    expect(() => createLinuxAccountVault({ account, etc })).toThrow(TypeError)
  })
})

describe('checking', () => {
  // Made by `openssl passwd -6 -salt saltsalt`, and with -5.
  const known = [
    '$6$saltsalt$whescXWTycBekXW0TXMc7kPhkkyYuL2MRNdJHMeRCXcSqtFqZqmR2o3sdz.CrGmp8ay3PgGAL2hwNwkmQQo5N0',
    '$5$saltsalt$S2sQttqEKjjsL5zTlq48ZCPTmQb.LSfGjCzSWgmmeU3',
  ]

  test.each(known)('%s opens with its password only', async (hash) => {
    expect(await vaultOf().verify(password, hash)).toBe(true)
    expect(await vaultOf().verify(Secret.of(other), hash)).toBe(false)
  })

  test('the library makes of bytes what it makes of their text', async () => {
    for (const text of ['a', 'First_pass1', '中文密码ä😀', 'x'.repeat(64), 'y'.repeat(131)]) {
      expect(await vaultOf().verify(Secret.of(text), encrypt(text, '$6$saltsalt'))).toBe(true)
      expect(verify(text, await vaultOf().hash(Secret.of(text)))).toBe(true)
    }
  })

  test.each([
    '$y$j9T$abc$def',
    '$1$salt$abc',
    '$2b$12$abc',
    'abJnggxhB/yWI',
    `$6$rounds=999999999$salt$${'a'.repeat(86)}`,
  ])('a hash of another scheme is neither right nor wrong: %s', async (hash) => {
    await expect(vaultOf().verify(password, hash)).rejects.toThrow(UncheckableHash)
  })
})
