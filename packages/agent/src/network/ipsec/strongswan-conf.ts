/**
 * strongswan.conf of our own charon.
 *
 * The order of `load` is the priority: built-in AES in front of OpenSSL's is a fifth as fast. What charon says of itself
 * goes to its standard error, what it says of peers nowhere: that would grow with what strangers send it.
 *
 * A peer counts as dead after four seconds without an answer, and the agent begins anew (`keyingtries` 1 in each connection):
 * one place decides when to try again. A peer whose tunnel could not be agreed on is left altogether, not held without one.
 */
export function strongswanConf(esp: 'kernel' | 'user-space', viciSocket: string): string {
  const plugins = [
    ...['random', 'nonce', 'openssl', 'pem', 'pkcs1', 'pkcs8', 'pubkey', 'x509', 'constraints', 'kdf', 'hmac'],
    ...(esp === 'user-space' ? ['kernel-libipsec'] : []),
    ...['kernel-netlink', 'socket-default', 'vici'],
  ]
  return `charon {
  load = ${plugins.join(' ')}
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
      socket = "unix://${viciSocket}"
    }
  }
}
`
}
