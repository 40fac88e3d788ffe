import type { NetworkStatus } from '../../running-status.ts'

/** Leases that have not run out, from the file of dnsmasq: `expiry MAC address name client-id`. */
export function leasesIn(text: string, now: number): NetworkStatus['leases'] {
  return text.split('\n').flatMap((line) => {
    const [, end = '', mac = '', address = '', name = '*'] = /^(\d+) ([0-9a-f:]+) (\d\S*) (\S+)/i.exec(line) ?? []
    // 0 as the end of one means never.
    const until = end === '0' ? null : Number(end) * 1000
    if (address === '' || (until !== null && until <= now)) return []
    return [{ address, mac, name: name === '*' ? null : name, until }]
  })
}
