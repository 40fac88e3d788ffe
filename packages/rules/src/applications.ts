/** An application that can be told from others by its packets. */
export interface Application {
  readonly id: number
  readonly name: string
  readonly groupId: number
}

export interface ApplicationGroup {
  readonly id: number
  readonly name: string
}

/** The library that recognises them, and the version whose protocols and categories these are. */
export const recognisedBy = { library: 'nDPI', version: '4.2.0' } as const

/**
 * The protocols of nDPI 4.2 by their categories, with its numbers, as `ndpiReader -h` and `ndpiReader -a 1` write them (Debian 12,
 * package libndpi-bin). A test compares them with the program. What it cannot name is in no group and has no number.
 */
const table = `
1 Media: 32 Kontiki, 50 RTSP, 52 IceCast, 87 RTP, 124 YouTube, 136 YouTubeUpload, 174 RTMP, 198 MPEG_TS, 218 OCS
2 VPN: 79 IPsec, 115 PPTP, 159 OpenVPN, 161 CiscoVPN, 163 Tor, 206 WireGuard, 209 TINC, 215 HotspotShield,
  259 FortiClient, 277 iCloudPrivateRelay
3 Email: 2 POP3, 3 SMTP, 4 IMAP, 21 Hotmail, 23 POPS, 29 SMTPS, 51 IMAPS, 122 GMail
4 DataTransfer: 11 NFS, 96 TFTP, 97 AFP, 138 CHECKMK, 166 RSYNC, 275 Crashlytics
5 Web: 7 HTTP, 30 DTLS, 46 DataSaver, 67 Jabber, 70 Yahoo, 91 TLS, 93 Usenet, 123 GoogleMaps, 126 Google,
  130 HTTP_Connect, 131 HTTP_Proxy, 135 Waze, 139 AJP, 140 Apple, 143 AppleiCloud, 172 SOCKS, 176 Wikipedia,
  178 Amazon, 180 CNN, 188 QUIC, 220 Cloudflare, 225 OpenDNS, 239 GoogleServices, 251 WebSocket, 274 Alibaba,
  280 AccuWeather
6 SocialNetwork: 49 TikTok, 72 GooglePlus, 90 Tumblr, 119 Facebook, 120 Twitter, 183 Pinterest, 199 Snapchat,
  200 Sina(Weibo), 205 Reddit, 211 Instagram, 233 LinkedIn, 261 Likee, 279 Badoo
7 Download: 1 FTP_CONTROL, 22 Direct_Download_Link, 24 AppleJuice, 25 DirectConnect, 33 OpenFT, 34 FastTrack,
  35 Gnutella, 36 eDonkey, 37 BitTorrent, 62 Thunder, 98 Stealthnet, 99 Aimini, 175 FTP_DATA, 207 SMPP,
  232 Pastebin, 242 WhatsAppFiles
8 Game: 47 Xbox, 69 AmongUs, 74 Steam, 75 HalfLife2, 76 WorldOfWarcraft, 104 Armagetron, 106 Dofus, 107 Fiesta,
  108 Florensia, 109 Guildwars, 113 MapleStory, 116 Warcraft3, 117 WorldOfKungFu, 173 Nintendo, 213 Starcraft,
  231 Playstation, 235 CSGO, 257 GenshinImpact, 258 Activision
9 Chat: 39 Signal, 48 QQ, 65 IRC, 142 WhatsApp, 157 Messenger, 185 Telegram, 193 KakaoTalk, 197 WeChat
10 VoIP: 38 SkypeCall, 45 WhatsAppCall, 94 MGCP, 95 IAX, 100 SIP, 101 TruPhone, 125 Skype_Teams, 141 Webex,
  144 Viber, 149 Tuenti, 158 H323, 160 NOE, 162 TeamSpeak, 164 CiscoSkinny, 165 RTCP, 181 Megaco, 184 VHUA,
  194 KakaoTalk_Voice, 201 GoogleHangoutDuo, 216 IMO, 255 SnapchatCall, 268 FacebookVoip, 269 SignalVoip, 270 Fuze
11 Database: 19 PostgreSQL, 20 MySQL, 60 MongoDB, 114 MsSQL-TDS, 167 Oracle, 182 Redis, 227 DRDA, 264 Cassandra
12 RemoteAccess: 15 XDMCP, 28 VMware, 77 Telnet, 88 RDP, 89 VNC, 92 SSH, 148 TeamViewer, 252 AnyDesk
13 Cloud: 43 NestLogSink, 121 Dropbox, 169 UbuntuONE, 212 Microsoft, 217 GoogleDrive, 221 MS_OneDrive, 236 LISP,
  238 ApplePush, 240 AmazonVideo, 265 AmazonAWS, 266 Salesforce, 276 Azure
14 Network: 5 DNS, 8 MDNS, 13 BGP, 14 SNMP, 18 DHCP, 26 ntop, 31 UBNTAC2, 40 Memcached, 53 CPHA, 63 OCSP, 66 Ayiya,
  73 VRRP, 78 STUN, 80 GRE, 81 ICMP, 82 IGMP, 83 EGP, 84 SCTP, 85 OSPF, 86 IP_in_IP, 102 ICMPV6, 103 DHCPV6,
  111 Kerberos, 128 NetFlow, 129 sFlow, 132 Citrix, 146 Radius, 151 SAP, 152 GTP, 153 WSD, 154 LLMNR,
  155 RemoteScan, 170 Whois-DAS, 190 EAQ, 191 Ookla, 196 DoH_DoT, 208 DNScrypt, 214 Teredo, 237 Diameter,
  243 TargusDataspeed, 246 Bloomberg, 247 CAPWAP, 248 Zabbix, 249 s7comm, 256 HP_VIRTGRP, 260 Z39.50,
  263 AVASTSecureDNS, 271 GTP_U, 272 GTP_C, 273 GTP_PRIME, 278 EthernetIP
15 Collaborative: 58 Discord, 118 Slack, 150 LotusNotes, 203 Github, 219 Microsoft365, 226 Git, 241 GoogleDocs,
  250 Teams, 262 GitLab, 281 GoogleClassroom
16 RPC: 27 COAP, 68 Nats, 105 Crossfire, 127 DCE_RPC, 168 Corba, 177 ZeroMQ, 192 AMQP, 222 MQTT, 223 RX, 229 SOMEIP,
  230 FIX, 253 SOAP
17 Streaming: 54 PPStream, 71 DisneyPlus, 137 Hulu, 145 AppleiTunes, 187 Pandora, 267 Vimeo
18 System: 6 IPP, 9 NTP, 10 NetBIOS, 12 SSDP, 16 SMBv1, 17 Syslog, 41 SMBv23, 112 LDAP, 171 Collectd, 204 BJNP
19 SoftwareUpdate: 147 WindowsUpdate, 224 AppleStore, 228 PlayStore
25 Music: 56 ShoutCast, 134 LastFM, 156 Spotify, 186 Vevo, 210 Deezer, 234 SoundCloud
26 Video: 55 Zattoo, 57 Sopcast, 59 TVUplayer, 61 QQLive, 64 FREE_64, 133 NetFlix, 189 Zoom, 195 Twitch, 202 IFLIX
27 Shopping: 179 eBay
31 IoT-Scada: 44 Modbus, 244 DNP3, 245 IEC60870
32 VirtAssistant: 110 AmazonAlexa, 254 AppleSiri
99 Mining: 42 Mining
`

const groups = table
  .trim()
  .split(/\n(?=\d)/)
  .map((text) => {
    const [group = '', members = ''] = text.split(':')
    return { group: numbered(group), applications: members.split(',').map(numbered) }
  })

/** By their numbers. */
export const applicationGroups: readonly ApplicationGroup[] = groups.map(({ group }) => group)

/** By their numbers. */
export const applications: readonly Application[] = groups
  .flatMap(({ group, applications }) => applications.map((one) => ({ ...one, groupId: group.id })))
  .sort((one, other) => one.id - other.id)

function numbered(text: string): { readonly id: number; readonly name: string } {
  const [id = '', name = ''] = text.trim().split(' ')
  return { id: Number(id), name }
}
