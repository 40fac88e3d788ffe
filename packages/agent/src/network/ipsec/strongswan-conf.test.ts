import { expect, test } from 'vitest'
import { strongswanConf } from './strongswan-conf.ts'

test('OpenSSL comes first, nothing is said of peers, and the user-space ESP is there only where it is wanted', () => {
  expect(strongswanConf('user-space', '/run/opensag/ipsec/charon.vici')).toMatchInlineSnapshot(`
    "charon {
      load = random nonce openssl pem pkcs1 pkcs8 pubkey x509 constraints kdf hmac kernel-libipsec kernel-netlink socket-default vici
      install_virtual_ip = no
      close_ike_on_child_failure = yes
      retransmit_tries = 3
      retransmit_timeout = 1
      retransmit_base = 1
      filelog {
        stderr {
          default = -1
          dmn = 1
        }
      }
      syslog {
        daemon {
          default = -1
        }
        auth {
          default = -1
        }
      }
      plugins {
        vici {
          socket = "unix:///run/opensag/ipsec/charon.vici"
        }
      }
    }
    "
  `)
  const load = (esp: 'kernel' | 'user-space'): string => /load = (.*)/.exec(strongswanConf(esp, '/x'))?.[1] ?? ''
  expect(load('user-space').replace('kernel-libipsec ', '')).toBe(load('kernel'))
})
