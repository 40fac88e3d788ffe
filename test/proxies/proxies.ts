import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { whereIs } from '../cluster/lack.ts'
import { pageOf } from '../documents/documents.ts'
import { type Running, running } from '../support/process.ts'

/** Where a proxy is to listen and to lead, and what it shows to its clients. */
export interface Place {
  readonly folder: string
  readonly port: number
  readonly upstream: number
  readonly certificate: { readonly cert: string; readonly key: string }
}

export interface Proxy {
  /** Also the language of its block in the document. */
  readonly name: 'nginx' | 'haproxy' | 'caddy'
  readonly package: string
  /** Starts it with the configuration of the document, whose names are replaced by those of this place. */
  start(place: Place): Running
}

const document = 'docs/behind-a-proxy.md'

/** @throws when a name is not in it: the document has changed */
function configuration(language: Proxy['name'], instead: Readonly<Record<string, string>>): string {
  const block = pageOf(document).blocks.find((one) => one.language === language)
  const text = block?.lines.join('\n') ?? ''
  return Object.entries(instead).reduce((all, [name, value]) => {
    if (!all.includes(name)) throw new Error(`${document} has no "${name}" for ${language}.`)
    return all.replaceAll(name, value)
  }, text)
}

function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(whereIs(program) ?? program, args, { env: { ...process.env, ...environment } })
  return running(child, program)
}

const nginx: Proxy = {
  name: 'nginx',
  package: 'nginx-light',
  start({ folder, port, upstream, certificate: { cert, key } }) {
    const own = configuration('nginx', {
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      '/etc/opensag/chain.pem': cert,
      '/etc/opensag/key.pem': key,
      '/var/log/nginx/opensag.log': join(folder, 'access.log'),
      '127.0.0.1:7240': `127.0.0.1:${upstream}`,
    })
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    )
    const main = `daemon off; pid ${folder}/nginx.pid; error_log stderr notice; user root; worker_processes 1; events {}\n`
    writeFileSync(join(folder, 'nginx.conf'), `${main}http {\n${paths.join('\n')}\n${own}\n}\n`)
    return run('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')])
  },
}

const haproxy: Proxy = {
  name: 'haproxy',
  package: 'haproxy',
  start({ folder, port, upstream, certificate: { cert, key } }) {
    writeFileSync(join(folder, 'sag.pem'), `${readFileSync(cert, 'utf8')}${readFileSync(key, 'utf8')}`)
    const own = configuration('haproxy', {
      'bind :443': `bind 127.0.0.1:${port}`,
      '/etc/haproxy/sag.pem': join(folder, 'sag.pem'),
      '127.0.0.1:7240': `127.0.0.1:${upstream}`,
    })
    writeFileSync(join(folder, 'haproxy.cfg'), `${own}\n`)
    return run('haproxy', ['-W', '-db', '-f', join(folder, 'haproxy.cfg')])
  },
}

/** @param tls what it says of its certificates */
export function startCaddy({ folder, port, upstream }: Place, tls: string, options = ''): Running {
  const own = configuration('caddy', {
    'sag.example.com {': `https://localhost:${port} {\n  bind 127.0.0.1\n  ${tls}`,
    '127.0.0.1:7240': `127.0.0.1:${upstream}`,
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'Caddyfile'), `{\n  admin off\n  ${options}\n}\n${own}\n`)
  const data = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  return run('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], data)
}

const caddy: Proxy = {
  name: 'caddy',
  package: 'caddy',
  start: (place) =>
    startCaddy(place, `tls ${place.certificate.cert} ${place.certificate.key}`, 'auto_https disable_redirects'),
}

export const proxies: readonly Proxy[] = [nginx, haproxy, caddy]
