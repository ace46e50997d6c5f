/** A PostgreSQL of the harness's own, from the embedded binaries, that it may kill, and the proxy between it and whoever is measured. */

import { acquireEmbedded, embeddedStatus } from '../src/db/embedded/embedded.ts'
import { findPlace, homeFolders } from '../src/db/embedded/place.ts'
import { findPostmaster } from '../src/db/embedded/postmaster.ts'
import { WonlostError } from '../src/errors.ts'
import { createTcpProxy, type TcpProxy } from '../test/support/tcp-proxy.ts'

export interface OwnPostgres {
  /** For the harness: not through the proxy. */
  readonly url: string
  /** For servers and commands: through the proxy. */
  readonly proxiedUrl: string
  readonly proxy: TcpProxy
  readonly dataFolder: string
  /** SIGQUIT is what PostgreSQL calls an immediate shutdown: nothing is finished, the next start recovers from the log. */
  kill(signal: 'SIGQUIT' | 'SIGKILL'): void
  restart(): Promise<void>
  close(): Promise<void>
}

export async function startPostgres(home: string, say: (text: string) => void): Promise<OwnPostgres> {
  const server = await acquireEmbedded(home, { say })
  const { port, host } = new URL(server.url)
  const proxy = await createTcpProxy({ host: host.replace(/:\d+$/, ''), port: Number(port) })
  const proxied = new URL(server.url)
  proxied.port = String(proxy.port)
  return {
    url: server.url,
    proxiedUrl: proxied.href,
    proxy,
    dataFolder: embeddedStatus(home).dataFolder!,
    kill(signal) {
      const place = findPlace(homeFolders(home))
      const postmaster = place && findPostmaster(place)
      if (!postmaster)
        throw new WonlostError('faults_failed', 'PostgreSQL is to be killed, and does not run.')
      process.kill(postmaster.pid, signal)
    },
    async restart() {
      await server.revive()
      const { url } = embeddedStatus(home)
      if (url !== server.url)
        throw new WonlostError('faults_failed', `PostgreSQL came back at another address: ${url}.`)
    },
    async close() {
      await proxy.close()
      await server.release()
    },
  }
}
