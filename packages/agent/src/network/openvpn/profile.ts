/** How the tunnel of a service is opened. There is no secret in it. */
export interface TunnelProfile {
  /** IPv4. */
  readonly endpoint: string
  /** UDP. */
  readonly port: number
  /** The name in the certificate of the server. */
  readonly serverName: string
  /** Who signed that certificate; PEM. */
  readonly authority: string
}

/** For OpenVPN, Tunnelblick, OpenVPN Connect and what else reads its files. */
export function renderProfile({ endpoint, port, serverName, authority }: TunnelProfile): string {
  return `client
dev tun
proto udp4
remote ${endpoint} ${port}
nobind
auth-user-pass
verify-x509-name ${serverName} name
tls-version-min 1.2
data-ciphers AES-256-GCM:CHACHA20-POLY1305
explicit-exit-notify 1
connect-retry 1 10
verb 1
<ca>
${authority.trim()}
</ca>
`
}
